import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { Browser } from './browser.ts';
import { Muster, fixture } from './harness.ts';

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

const EMAIL = 'grace@hopper-robotics.example';

test('a newcomer signs in with a code from the terminal', async () => {
  const { page } = browser;
  await page.goto('/');
  await page.getByLabel('Email').fill(EMAIL);
  await browser.picture('sign-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Get Verification Code' }).click();
  await page.getByLabel(/verification code/i).fill(await muster.codeFor(EMAIL));
  await page.getByRole('button', { name: 'Login' }).click();
  await page
    .getByRole('heading', { name: /organization/i })
    .first()
    .waitFor();
});

test('creates an organization and lands on its home page', async () => {
  const { page } = browser;
  await page.getByLabel('Organization Name').fill('Hopper Robotics');
  await browser.picture('new-organization');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create Organization' }).click();
  await page.waitForURL('**/hopper-robotics');
  await page.getByText('Total Projects').waitFor();
});

test('creates a project and a record, and drops real recordings on it', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: false }).first().fill('First project');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/hopper-robotics/fp/records');
  await page.getByRole('button', { name: 'New record' }).first().click();
  await page.getByRole('dialog').getByLabel('Title').fill('Outdoor drive');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Outdoor drive' }).waitFor();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      ['robot_localization_test1.bag', 'robot_localization_test1.ros2.mcap', 'test_sample_truncated.mcap'].map(fixture),
    );
  await page.getByText('3 of 3 uploaded').waitFor();
  await page.getByRole('row', { name: /robot_localization_test1.bag.*3 topics/ }).waitFor();
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await browser.picture('record');
  await expectAccessible(page);
});

test('sees size, SHA-256, topics, types, counts, start, end and duration', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: 'robot_localization_test1.bag' }).click();
  const panel = page.getByRole('dialog');
  const sha = createHash('sha256')
    .update(readFileSync(fixture('robot_localization_test1.bag')))
    .digest('hex');
  await panel.getByText(sha).waitFor();
  await panel.getByRole('row', { name: /\/imu\/data sensor_msgs\/Imu ros1 11,865/ }).waitFor();
  await panel.getByText('2015-05-21 19:11:38').waitFor();
  await panel.getByText('6 min 35 s').waitFor();
  await browser.picture('recording');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'test_sample_truncated.mcap' }).click();
  await page
    .getByRole('dialog')
    .getByText(/ends in the middle of a record/)
    .waitFor();
  await page.keyboard.press('Escape');
});

test('finds the counters true on the home page, and what happened beside them', async () => {
  const { page } = browser;
  await page.goto('/hopper-robotics');
  await page.getByText('Total Records').waitFor();
  await page
    .getByText(/Outdoor drive/)
    .first()
    .waitFor();
  await browser.picture('home');
  await expectAccessible(page);
});

test('finds the storage card true to the byte, and the rows behind it', async () => {
  const { page } = browser;
  const bytes = [
    'robot_localization_test1.bag',
    'robot_localization_test1.ros2.mcap',
    'test_sample_truncated.mcap',
  ].reduce((sum, name) => sum + readFileSync(fixture(name)).length, 0);
  await page.goto('/hopper-robotics/-/usage');
  await page.getByText(`${bytes.toLocaleString('en-US')} bytes`, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Show the rows behind this number' }).click();
  await page.getByText(`3 rows, sum ${bytes.toLocaleString('en-US')} bytes`).waitFor();
  await browser.picture('usage');
  await expectAccessible(page);
});

test('finds each step in the audit log, whose chain holds', async () => {
  const { page } = browser;
  await page.goto('/hopper-robotics/-/audit');
  for (const event of ['organization.create', 'project.create', 'record.create'])
    await page.getByRole('link', { name: event, exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'file.create', exact: true }).count()).toBe(3);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/Complete, \d+ rows/).waitFor();
  await browser.picture('audit');
  await expectAccessible(page);
});

test('makes an access token that a program can use, and revokes it', async () => {
  const { page } = browser;
  await page.goto('/account/security?new=token');
  await page.getByRole('dialog').getByLabel('Name').fill('Workstation');
  await page.getByRole('dialog').getByRole('button', { name: 'Generate access token' }).click();
  const secret = (await page.getByText(/^mus_pat_/).textContent()) ?? '';
  const list = () =>
    fetch(`${muster.url}/muster.v1.OrganizationService/ListOrganizations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: '{}',
    });
  expect((await list()).status).toBe(200);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Revoke Workstation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Ended', { exact: true }).waitFor();
  expect((await list()).status).toBe(401);
});

test('finds pages by keyboard and reads them in Chinese', async () => {
  const { page } = browser;
  await page.goto('/hopper-robotics');
  await page.getByText('Total Projects').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('First');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/hopper-robotics/fp/records');
  await page.evaluate(() => localStorage.clear());
  await using chinese = await Browser.open(muster.url, { locale: 'zh-CN', width: 390 });
  await chinese.page.goto('/sign-in');
  await chinese.page.getByRole('button', { name: /验证码/ }).waitFor();
});

test('never saw an error that pages threw', () => {
  // A refused sign-in check is how the console learns that nobody is signed in.
  expect(browser.errors.filter((error) => !error.includes('401'))).toEqual([]);
});
