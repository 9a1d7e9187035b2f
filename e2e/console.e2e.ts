import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { Browser } from './browser.ts';
import { Muster } from './harness.ts';
import { join } from './membership.ts';
import { addSampleContent } from './sample-content.ts';

/** The console in other lights: by keyboard, in the dark, in Chinese, without rights, without a server, signed out. */
let muster: Muster;
let browser: Browser;
beforeAll(async () => {
  muster = await Muster.start();
  await addSampleContent(muster, muster.token);
  browser = await Browser.open(muster.url);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await muster?.[Symbol.asyncDispose]();
});

const ADMIN = 'admin@acme.example';

test('after sign-in one is where one wanted to go', async () => {
  await browser.page.goto('/acme/-/usage?tab=rows');
  await browser.page.getByRole('heading', { name: 'Sign in to Muster' }).waitFor();
  await browser.signIn(muster, ADMIN);
  expect(new URL(browser.page.url()).pathname).toBe('/acme/-/usage');
  await browser.page.getByRole('table', { name: 'Rows' }).waitFor();
});

test('a project and a record are made without a mouse', async () => {
  const { page } = browser;
  const { keyboard } = page;
  await page.goto('/acme');
  await page.getByRole('button', { name: 'New project' }).waitFor();
  await keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to content' }).and(page.locator(':focus')).waitFor();
  await keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
  await keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search Muster' }).and(page.locator(':focus')).waitFor();
  await keyboard.type('new project');
  await page.getByRole('option', { name: 'New project', selected: true }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New project' }).getByLabel('Name').and(page.locator(':focus')).waitFor();
  await keyboard.type('Night drives');
  await expect.poll(() => page.getByRole('dialog').getByLabel('URL').inputValue()).toBe('nd');
  await keyboard.press('Enter');
  await page.waitForURL('**/acme/nd/records');
  // The keyboard goes on in the new page.
  await page.locator('main:focus').waitFor();
  await keyboard.press('Tab');
  await page.getByRole('button', { name: 'New record' }).first().and(page.locator(':focus')).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New record' }).getByLabel('Title').and(page.locator(':focus')).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'New record' }).first().and(page.locator(':focus')).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New record' }).getByLabel('Title').and(page.locator(':focus')).waitFor();
  await keyboard.type('First night');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'First night' }).waitFor();
  expect(await page.title()).toBe('First night · Muster');
});

test('the palette finds projects by name and slug, pages and actions, and says when nothing matches', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'Search' }).click();
  const field = page.getByRole('combobox');
  await field.fill('wns');
  await page.getByRole('option', { name: /Warehouse night shift/ }).waitFor();
  await field.fill('audit');
  await page.getByRole('option', { name: 'Audit' }).waitFor();
  await expectAccessible(page);
  await field.fill('nothing of this name');
  await page.getByText('No result').waitFor();
  await field.fill('Docking');
  await page.getByRole('option', { name: /Docking/ }).click();
  await page.waitForURL('**/acme/docking/records');
});

test('who edits a record that somebody else changed meanwhile sees both, and decides', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: 'Missed dock, reflection from the door' }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await dialog.getByLabel('Title').fill('Missed dock, seen at noon');
  const other = await browser.context.newPage();
  await other.goto(page.url());
  await other.getByRole('dialog').getByLabel('Title').fill('Missed dock, glass door');
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await other.getByRole('heading', { name: 'Missed dock, glass door' }).waitFor();
  await other.close();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Somebody else changed this meanwhile.').waitFor();
  await dialog.getByText('Saved meanwhile: “Missed dock, glass door”').waitFor();
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Missed dock, seen at noon');
  await dialog.getByRole('button', { name: 'Save mine anyway' }).click();
  await page.getByRole('heading', { name: 'Missed dock, seen at noon' }).waitFor();
});

test('a deleted file and a deleted record come back from the trash', async () => {
  const { page } = browser;
  await page.getByRole('link', { name: 'test_unindexed.bag' }).click();
  await page.getByRole('button', { name: 'Delete file' }).click();
  await page.getByRole('dialog', { name: 'Delete file?' }).getByRole('button', { name: 'Delete file' }).click();
  await page.getByText('No files yet.').waitFor();
  await page.getByRole('switch', { name: 'Trash' }).click({ force: true });
  await page.getByRole('button', { name: 'Restore test_unindexed.bag' }).click();
  await page.getByText('No file of this record is in the trash.').waitFor();
  await page.getByRole('switch', { name: 'Trash' }).click({ force: true });
  await page.getByRole('link', { name: 'test_unindexed.bag' }).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('This record is in the trash.').waitFor();
  expect(await page.getByRole('button', { name: 'Upload files' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('button', { name: 'Upload files' }).waitFor();
});

test('what does not exist and what is not yours to see look the same', async () => {
  const { page } = browser;
  const none = '018f0000-0000-7000-8000-000000000000';
  for (const address of ['/nobody', '/acme/-/nothing', '/acme/nope/records', `/acme/wns/records/${none}`]) {
    await page.goto(address);
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
    expect(await page.title()).toBe('Not found · Muster');
  }
  await expectAccessible(page);
});

test('a viewer is told which right is missing, and sees no control without its right', async () => {
  const email = 'viewer@acme.example';
  await using viewer = await Browser.open(muster.url);
  const { page } = viewer;
  await page.goto('/');
  await viewer.signIn(muster, email);
  await join(muster, email, 'viewer');
  await page.goto('/acme/-/audit');
  await page.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await page.getByText('audit.view is missing').waitFor();
  await expectAccessible(page);
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).count()).toBe(0);
  await page.goto('/acme');
  // Links of the activity name the project by its id; the address becomes the readable one.
  await page
    .getByRole('region', { name: 'What happened, newest first' })
    .getByRole('link', { name: 'Warehouse night shift' })
    .first()
    .click();
  await page.waitForURL('**/acme/wns/records');
  await page.getByRole('link', { name: 'Records' }).and(page.locator('[aria-current=page]')).waitFor();
  await page.getByRole('link', { name: 'Battery swap at dock 3' }).click();
  await page.getByRole('link', { name: 'example-bz2.bag' }).waitFor();
  for (const name of ['New project', 'New record', 'Upload files', 'Edit', 'Delete'])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
});

test('every page can be read in the dark, in Chinese, in the zone of the viewer', async () => {
  await browser.page.goto('/acme/wns/records');
  await browser.page.getByRole('link', { name: 'Battery swap at dock 3' }).click();
  await browser.page.getByRole('link', { name: 'example-bz2.bag' }).waitFor();
  const record = new URL(browser.page.url()).pathname;
  const { cookies } = await browser.context.storageState();
  await using chinese = await Browser.open(muster.url, {
    locale: 'zh-CN',
    colorScheme: 'dark',
    timezoneId: 'Asia/Shanghai',
    width: 390,
  });
  const { page } = chinese;
  const pages: [address: string, words: string][] = [
    ['/acme', '项目总数'],
    ['/acme?new=project', '新建项目'],
    ['/acme/-/projects', '项目'],
    ['/acme/-/usage', '存储容量'],
    ['/acme/-/usage?tab=rows', '明细'],
    ['/acme/-/audit', '审计'],
    ['/acme/-/audit?event=1', '哈希'],
    ['/acme/wns/records', '记录'],
    ['/acme/wns/records?new=record', '新建记录'],
    [record, '上传文件'],
    [`${record}?file=example-bz2.bag`, '个话题'],
    [`${record}?dialog=delete`, '移入回收站'],
    ['/organizations', '组织'],
    ['/new-organization', '组织'],
    ['/account/general', '常规'],
    ['/account/security?new=token', '访问令牌'],
    ['/nobody', '未找到'],
  ];
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /验证码/ }).waitFor();
  await expectAccessible(page);
  await chinese.context.addCookies(cookies);
  for (const [path, words] of pages) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    await expectAccessible(page);
  }
  expect(await page.evaluate('document.documentElement.lang')).toBe('zh-Hans');
  expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
});

test('without its server the console says so, keeps what is shown, and goes on when it is back', async () => {
  const { page } = browser;
  await page.goto('/acme/wns/records');
  await page.getByRole('link', { name: 'Battery swap at dock 3' }).waitFor();
  await muster.stop();
  // Coming back to the tab asks again for what is older than five seconds; what is shown stays, and says that it is old.
  await page.waitForTimeout(5100);
  await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
  await page.getByText('The server cannot be reached. What you see may be old.').waitFor();
  expect(await page.getByRole('link', { name: 'Battery swap at dock 3' }).isVisible()).toBe(true);
  await expectAccessible(page);
  // Something new cannot be shown: one red line in its place, with a way on.
  await page.getByRole('searchbox').fill('aisle');
  const alert = page.getByRole('alert');
  await alert.getByText('The server cannot be reached. Please check the connection and try again.').waitFor();
  await expectAccessible(page);
  await muster.boot();
  await alert.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('link', { name: 'Aisle 7, pallet jack blocked the path' }).waitFor();
  await alert.waitFor({ state: 'detached' });
  await page.getByText('What you see may be old.').waitFor({ state: 'detached' });
});

test('when the session ends elsewhere, the page leads to sign-in and says why', async () => {
  const { page } = browser;
  await page.goto('/acme/wns/records');
  const { cookies } = await browser.context.storageState();
  {
    await using elsewhere = await Browser.open(muster.url);
    await elsewhere.context.addCookies(cookies);
    await elsewhere.page.goto('/acme');
    await elsewhere.page.getByRole('button', { name: 'Account menu' }).click();
    await elsewhere.page.getByRole('menuitem', { name: 'Sign Out' }).click();
    await elsewhere.page.waitForURL('**/sign-in');
  }
  await page.getByRole('link', { name: 'Battery swap at dock 3' }).click();
  await page.waitForURL('**/sign-in?return_to=*');
  await page.getByText('Your session has ended. Please sign in again.').waitFor();
  expect(new URL(page.url()).searchParams.get('return_to')).toMatch(/^\/acme\/wns\/records\//);
  await expectAccessible(page);
});
