import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, copyFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { Muster, fixture } from './harness.ts';

/** Uploads of the console when things go wrong: a slow line, a closed page, a server that dies. */
let muster: Muster;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  muster = await Muster.start();
  browser = await Browser.open(muster.url);
  folder = mkdtempSync(join(tmpdir(), 'muster-upload-'));
  await browser.page.goto('/acme');
  await browser.signIn(muster, 'admin@acme.example');
  await call('ProjectService/CreateProject', { parent: 'organizations/acme', displayName: 'Uploads', slug: 'uploads' });
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await muster?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const MIB = 1024 * 1024;
const PIECE = 16 * MIB;

async function call(method: string, body: object): Promise<{ name: string }> {
  const response = await fetch(`${muster.url}/muster.v1.${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${muster.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  // Both methods called here answer a resource.
  return (await response.json()) as { name: string };
}

/** Opens a new, empty record. */
async function openRecord(title: string): Promise<void> {
  const { name } = await call('RecordService/CreateRecord', { parent: 'projects/uploads', title });
  await browser.page.goto(`/acme/uploads/records/${name.split('/').at(-1)}`);
  await browser.page.getByText('No files yet.').waitFor();
}

/** A file of random bytes, which nothing on the way can shorten. */
function bigFile(name: string, mebibytes: number): { path: string; sha256: string } {
  const path = join(folder, name);
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  for (let written = 0; written < mebibytes; written += 1) {
    const bytes = randomBytes(MIB);
    hash.update(bytes);
    writeSync(file, bytes);
  }
  closeSync(file);
  return { path, sha256: hash.digest('hex') };
}

let line: { page: Page; session: CDPSession } | undefined;

/** Slows what the page sends to so many bytes a second; 0 lifts the limit. */
async function throttle(bytesPerSecond: number): Promise<void> {
  // One session a page: the limits of two would both hold.
  if (line?.page !== browser.page)
    line = { page: browser.page, session: await browser.context.newCDPSession(browser.page) };
  await line.session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond || -1,
  });
}

const choose = (path: string) => browser.page.locator('input[type=file][multiple]').setInputFiles(path);
const progress = async (path: string): Promise<number> =>
  Number(await browser.page.getByRole('progressbar', { name: `Upload of ${path}` }).getAttribute('aria-valuenow'));

/** The upload addresses the page talks to, as they happen. */
function watchUploads(): { method: string; offset: number }[] {
  const seen: { method: string; offset: number }[] = [];
  browser.page.on('request', (request: Request) => {
    if (new URL(request.url()).pathname.startsWith('/uploads/'))
      seen.push({ method: request.method(), offset: Number(request.headers()['upload-offset'] ?? -1) });
  });
  return seen;
}

test('a dropped folder keeps its paths', async () => {
  mkdirSync(join(folder, 'drive/lidar'), { recursive: true });
  copyFileSync(fixture('test_sample.mcap'), join(folder, 'drive/a.mcap'));
  copyFileSync(fixture('no-messages.bag'), join(folder, 'drive/lidar/b.bag'));
  await openRecord('Folder');
  await browser.drop(join(folder, 'drive'));
  await browser.page.getByText('2 of 2 uploaded').waitFor();
  for (const path of ['drive/a.mcap', 'drive/lidar/b.bag'])
    await browser.page.getByRole('link', { name: path, exact: true }).waitFor();
});

test('an upload shows its progress, and can be paused, resumed and cancelled', async () => {
  const { page } = browser;
  const { path } = bigFile('pause.bin', 24);
  await openRecord('Pause');
  await throttle(4 * MIB);
  await choose(path);
  await expect.poll(() => progress('pause.bin'), { timeout: 15_000 }).toBeGreaterThan(10);
  await page.getByText(/of 24 MiB · .*\/s · .* left/).waitFor();
  await page.getByRole('button', { name: 'Pause pause.bin' }).click();
  await page.getByText('Paused · 24 MiB').waitFor();
  const paused = await progress('pause.bin');
  await page.getByRole('button', { name: 'Resume pause.bin' }).click();
  await expect.poll(() => progress('pause.bin'), { timeout: 15_000 }).toBeGreaterThan(paused);
  await page.getByRole('button', { name: 'Cancel pause.bin' }).click();
  await page.getByRole('region', { name: 'Uploads' }).getByText('pause.bin').waitFor({ state: 'detached' });
  await throttle(0);
  await page.reload();
  await page.getByText('No files yet.').waitFor();
});

test('an upload goes on from the last acknowledged byte after the page was closed', async () => {
  const { path, sha256 } = bigFile('closed.bin', 40);
  await openRecord('Closed page');
  const address = browser.page.url();
  await throttle(8 * MIB);
  await choose(path);
  // Past the first piece, within the second.
  await expect.poll(() => progress('closed.bin'), { timeout: 30_000 }).toBeGreaterThan(50);
  const page = await browser.anotherTab();
  const seen = watchUploads();
  await page.goto(address);
  await page.getByText('No files yet.').waitFor();
  await choose(path);
  await page.getByText('1 of 1 uploaded').waitFor({ timeout: 30_000 });
  // Nothing is begun anew, and nothing that was acknowledged is sent again.
  expect(seen[0]?.method).toBe('HEAD');
  expect(seen.filter(({ method }) => method === 'POST')).toEqual([]);
  expect(seen.find(({ method }) => method === 'PATCH')?.offset).toBeGreaterThanOrEqual(PIECE);
  await page.getByRole('link', { name: 'closed.bin' }).click();
  await page.getByText(sha256).waitFor();
});

test('a file that changed since is uploaded from its beginning', async () => {
  const { path } = bigFile('changed.bin', 40);
  await openRecord('Changed file');
  const address = browser.page.url();
  await throttle(8 * MIB);
  await choose(path);
  await expect.poll(() => progress('changed.bin'), { timeout: 30_000 }).toBeGreaterThan(50);
  const page = await browser.anotherTab();
  const { sha256 } = bigFile('changed.bin', 40);
  const seen = watchUploads();
  await page.goto(address);
  await page.getByText('No files yet.').waitFor();
  await choose(path);
  await page.getByText('1 of 1 uploaded').waitFor({ timeout: 30_000 });
  expect(seen.find(({ method }) => method === 'PATCH')?.offset ?? 0).toBe(0);
  await page.getByRole('link', { name: 'changed.bin' }).click();
  await page.getByText(sha256).waitFor();
});

test('an upload outlives a server that is killed, and says meanwhile that there is no connection', async () => {
  const { page } = browser;
  const { path, sha256 } = bigFile('killed.bin', 40);
  await openRecord('Killed server');
  await throttle(8 * MIB);
  await choose(path);
  await expect.poll(() => progress('killed.bin'), { timeout: 30_000 }).toBeGreaterThan(45);
  await muster.kill9();
  await page.getByText('No connection, tried again by itself · 40 MiB').waitFor();
  // A page that was never opened cannot come now; the upload is not lost by trying.
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Personal Settings' }).click();
  await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
  await throttle(0);
  await muster.boot();
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await page.getByRole('heading', { name: 'General' }).waitFor();
  await page.getByText('1 of 1 uploaded').waitFor({ timeout: 30_000 });
  await page.goBack();
  await page.getByRole('link', { name: 'killed.bin' }).click();
  await page.getByText(sha256).waitFor();
});

test('a file dropped where nothing takes it does not replace the page', async () => {
  const { page } = browser;
  await page.goto('/acme');
  await page.getByText('Total Projects').waitFor();
  await browser.drop(fixture('test_sample.mcap'));
  await page.waitForTimeout(300);
  expect(new URL(page.url()).pathname).toBe('/acme');
  await page.getByText('Total Projects').waitFor();
});
