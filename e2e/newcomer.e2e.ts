import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { Muster, fixture } from './harness.ts';
import { addSampleContent } from './sample-content.ts';

/** The way of a newcomer, from sign-in to the audit log, in one browser: each step goes on where the one before ended. */
let muster: Muster;
let browser: Browser;
beforeAll(async () => {
  muster = await Muster.start();
  browser = await Browser.open(muster.url);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await muster?.[Symbol.asyncDispose]();
});

// A step cannot be made when the one before failed: it fails at once, and the first failure is the one to read.
let broken = '';
beforeEach(() => {
  if (broken) throw new Error(`not reached: “${broken}” failed before`);
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail' && !broken) broken = task.name;
});

const EMAIL = 'operator@example.com';
const BAG = 'robot_localization_test1.bag';
const MCAP = 'robot_localization_test1.ros2.mcap';
const TRUNCATED = 'test_sample_truncated.mcap';
const DAMAGED = 'test_truncated.bag';

const bytesOf = (...names: string[]): number =>
  names.reduce((sum, name) => sum + readFileSync(fixture(name)).length, 0);
const grouped = (figure: number): string => figure.toLocaleString('en-US');

test('a newcomer signs in with a code from the terminal', async () => {
  const { page } = browser;
  await page.goto('/');
  await page.getByText('codes are shown in the terminal where Muster was started').waitFor();
  await page.getByLabel('Email').fill(EMAIL);
  await browser.look('sign-in');
  await page.getByRole('button', { name: 'Get Verification Code' }).click();
  await page.getByRole('button', { name: /Again in \d+ s/ }).waitFor();
  const code = await muster.codeFor(EMAIL);
  await page.getByLabel('6-digit verification code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('heading', { name: 'Create an organization' }).waitFor();
});

test('creates an organization and lands on its home page', async () => {
  const { page } = browser;
  const create = page.getByRole('button', { name: 'Create Organization' });
  // A grey button is reached by keyboard all the same, and says what is missing.
  await page.getByLabel('Organization ID').focus();
  await page.keyboard.press('Tab');
  await page.getByRole('tooltip', { name: 'Enter a name first' }).waitFor();
  await page.getByLabel('Organization Name').fill('Example Robotics');
  expect(await page.getByLabel('Organization ID').inputValue()).toBe('example-robotics');
  await page.getByRole('img', { name: 'This one is free' }).waitFor();
  await browser.look('new-organization');
  await create.dblclick();
  await page.waitForURL('**/example-robotics');
  for (const name of ['Total Projects', 'Total Records', 'Devices'])
    expect(await page.locator('dl > div').filter({ hasText: name }).locator('dd').textContent()).toBe('0');
  await page.getByText('No projects yet.').waitFor();
  await browser.look();
});

test('creates a project, whose address is proposed from its name', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('First project');
  await expect.poll(() => dialog.getByLabel('URL').inputValue()).toBe('fp');
  await dialog.getByLabel('Description').fill('Outdoor drives of the two yard robots.');
  await browser.look();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/example-robotics/fp/records');
  await page.getByText('No records yet.').waitFor();
  await browser.look();
});

test('drops recordings on an empty record and watches them arrive', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'New record' }).first().click();
  await page.getByRole('dialog').getByLabel('Title').fill('Outdoor drive, GPS lost under the bridge');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Outdoor drive, GPS lost under the bridge' }).waitFor();
  await page.getByText('No files yet.').waitFor();
  await browser.dropBytes(fixture(BAG), fixture(MCAP));
  await page.getByRole('progressbar', { name: `Upload of ${BAG}` }).waitFor();
  await page.getByText('2 of 2 uploaded').waitFor();
  await page.locator('input[type=file][multiple]').setInputFiles([TRUNCATED, DAMAGED].map(fixture));
  await page.getByText('4 of 4 uploaded').waitFor();
  await page.getByRole('row', { name: new RegExp(`${BAG} 1.4 MiB fd759aa942a3 .*3 topics 16,806`) }).waitFor();
  await page.getByRole('row', { name: new RegExp(`${MCAP} 1.55 MiB [0-9a-f]{12} .*3 topics 16,806`) }).waitFor();
  await page.getByRole('row', { name: new RegExp(`${TRUNCATED} 1.5 KiB [0-9a-f]{12} .*Partly readable 14`) }).waitFor();
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await browser.look('record');
});

test('sees size, SHA-256, topics, types, counts, start, end and duration of a bag', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: BAG }).click();
  const panel = page.getByRole('dialog');
  const sha = createHash('sha256')
    .update(readFileSync(fixture(BAG)))
    .digest('hex');
  await panel.getByText(sha).waitFor();
  await panel.getByRole('row', { name: '/imu/data sensor_msgs/Imu ros1 11,865 30.0 Hz' }).waitFor();
  await panel.getByRole('row', { name: '/fix sensor_msgs/NavSatFix ros1 989 2.5 Hz' }).waitFor();
  for (const fact of ['bag · ros1', '2015-05-21 19:11:38', '2015-05-21 19:18:13', '6 min 35 s', '16,806', '10 · bz2'])
    await panel.getByText(fact, { exact: true }).waitFor();
  await panel.getByText('2015-05-21 19:11:38').hover();
  await page.getByRole('tooltip', { name: /2015-05-21T19:11:38\.\d{3}Z/ }).waitFor();
  await browser.look('recording');
  const download = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Download' }).click();
  const saved = await (await download).path();
  expect(createHash('sha256').update(readFileSync(saved)).digest('hex')).toBe(sha);
  await page.keyboard.press('Escape');
});

test('sees the content of an MCAP, and what could be read of a truncated one', async () => {
  const { page } = browser;
  const panel = page.getByRole('dialog');
  await page.getByRole('link', { name: MCAP }).click();
  await panel.getByRole('row', { name: '/imu/data sensor_msgs/msg/Imu cdr 11,865 30.0 Hz' }).waitFor();
  await panel.getByText('mcap · ros2', { exact: true }).waitFor();
  await page.goBack();
  await panel.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: TRUNCATED }).click();
  await panel.getByText('The file breaks off after 1533 bytes, before its end is written').waitFor();
  await panel.getByRole('row', { name: /\/rosout rcl_interfaces\/msg\/Log cdr 10/ }).waitFor();
  await panel.getByRole('link', { name: 'Download' }).waitFor();
  await browser.look('truncated');
  await page.keyboard.press('Escape');
});

test('drops files on the list of records and gets a new record of them', async () => {
  const { page } = browser;
  await page.getByRole('navigation', { name: 'Pages above this one' }).getByRole('link', { name: 'Records' }).click();
  await page.getByRole('heading', { name: 'Records' }).waitFor();
  await browser.drop(fixture('example-lz4.bag'));
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('Title').inputValue()).toBe('example-lz4');
  await dialog.getByText('One file is uploaded afterwards.').waitFor();
  await dialog.getByLabel('Title').fill('Corridor loop with wheel slip');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Corridor loop with wheel slip' }).waitFor();
  await page.getByRole('row', { name: /example-lz4.bag .* \d+ topics/ }).waitFor();
  await page.getByRole('button', { name: 'Clear the list' }).click();
});

test('finds the counters true on the home page, and what happened beside them', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: 'Muster, to the home page' }).click();
  const figure = (name: string) => page.locator('dl > div').filter({ hasText: name }).locator('dd');
  await expect.poll(() => figure('Total Projects').textContent()).toBe('1');
  await expect.poll(() => figure('Total Records').textContent()).toBe('2');
  expect(await figure('Devices').textContent()).toBe('0');
  const activity = page.getByRole('region', { name: 'What happened, newest first' });
  for (const sentence of [
    'operator created the organization Example Robotics',
    'operator created project First project',
    'operator created record Outdoor drive, GPS lost under the bridge in First project',
    `operator added file ${TRUNCATED} in First project`,
  ])
    await activity.getByText(sentence).waitFor();
});

test('finds the storage card true to the byte, and the rows behind it', async () => {
  const { page } = browser;
  const bytes = bytesOf(BAG, MCAP, TRUNCATED, DAMAGED, 'example-lz4.bag');
  await page.getByRole('link', { name: 'Go to Organization Management' }).click();
  await page.getByRole('link', { name: 'Usage & Billing' }).click();
  await page.getByText(`${(bytes / 1e6).toFixed(2)} MB`, { exact: true }).waitFor();
  await page.getByText(`${grouped(bytes)} bytes`, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Show the rows behind this number' }).click();
  await page.getByText(`5 rows, sum ${grouped(bytes)} bytes`).waitFor();
  // The running total of the newest row is the sum, that of the oldest is its own change.
  const rows = page.getByRole('table', { name: 'Rows' }).getByRole('row');
  await rows
    .nth(1)
    .getByRole('cell', { name: grouped(bytes), exact: true })
    .waitFor();
  const oldest = await rows.nth(5).getByRole('cell').allTextContents();
  expect(oldest[3]).toBe(`+${oldest[4]}`);
});

test('finds each step in the audit log, whose chain holds', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: 'Audit' }).click();
  const row = (event: string, target: string) =>
    page.getByRole('row').filter({ hasText: event }).filter({ hasText: target });
  await row('organization.create', 'Example Robotics').waitFor();
  await row('project.create', 'First project').waitFor();
  await row('record.create', 'Outdoor drive, GPS lost under the bridge').waitFor();
  for (const name of [BAG, MCAP, TRUNCATED, DAMAGED, 'example-lz4.bag']) await row('file.create', name).waitFor();
  await row('file.download', BAG).first().waitFor();
  await row('record.create', 'Corridor loop').getByRole('link').click();
  const panel = page.getByRole('dialog', { name: 'record.create' });
  await panel.getByText(/o\S*@example\.com/).waitFor();
  await browser.look();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/Complete, \d+ rows/).waitFor();
});

test('makes an access token that a program can use, and revokes it', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Personal Settings' }).click();
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Generate access token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Workstation');
  await dialog.getByRole('button', { name: 'Generate access token' }).click();
  const secret = (await dialog.getByText(/^mus_pat_/).textContent()) ?? '';
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy token' }).click();
  await page.getByRole('tooltip', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
  const status = async () =>
    (
      await fetch(`${muster.url}/muster.v1.OrganizationService/ListOrganizations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: '{}',
      })
    ).status;
  expect(await status()).toBe(200);
  await addSampleContent(muster, secret);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('row', { name: /Workstation/ }).waitFor();
  await browser.look();
  await page.getByRole('button', { name: 'Revoke Workstation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Ended', { exact: true }).waitFor();
  expect(await status()).toBe(401);
});

test('every page of a filled organization is accessible and fits a telephone', async () => {
  const { page } = browser;
  const pictured = {
    home: '/example-robotics',
    usage: '/example-robotics/-/usage',
    'usage-rows': '/example-robotics/-/usage?tab=rows',
    audit: '/example-robotics/-/audit',
    records: '/example-robotics/wns/records',
  };
  for (const [name, address] of Object.entries(pictured)) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await browser.look(name);
  }
  for (const address of ['/example-robotics/-/projects', '/organizations', '/account/general']) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await browser.look();
  }
});

test('filters projects by visibility and name, and takes the filters back', async () => {
  const { page } = browser;
  await page.goto('/example-robotics/-/projects');
  const visibility = page.getByRole('group', { name: 'Visibility' });
  const projects = page.getByRole('table', { name: 'Projects' }).getByRole('rowheader');
  await page.getByRole('row', { name: /Docking/ }).waitFor();
  await visibility.getByText('Private').click();
  await page.getByText('No result').waitFor();
  await visibility.getByText('Internal').click();
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('CALIB');
  await expect.poll(() => projects.allTextContents()).toEqual(['Lidar calibration']);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    search: 'CALIB',
    visibility: 'private,internal',
  });
  await page.reload();
  await expect.poll(() => projects.allTextContents()).toEqual(['Lidar calibration']);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => projects.count()).toBe(4);
});

test('never saw an error that pages threw', () => {
  // A refused sign-in check is how the console learns that nobody is signed in.
  expect(browser.errors.filter((error) => !error.includes('401'))).toEqual([]);
});
