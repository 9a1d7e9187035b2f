import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client, Refused, sha256 } from './client.ts';
import { Muster, ROOT, freePort, makeDataDir, until } from './harness.ts';
import { isAlive, processesNaming, treeOf } from './processes.ts';

const MEBIBYTE = 1024 * 1024;

let muster: Muster;
beforeEach(async () => {
  muster = new Muster(makeDataDir(), await freePort());
});
afterEach(() => muster[Symbol.asyncDispose]());

const makeProject = (client: Client): Promise<{ name: string }> =>
  client.call('ProjectService/CreateProject', { parent: 'organizations/acme', slug: 'stop', displayName: 'Stop' });

/** A body that sends a little now and then, for as long as anybody listens. */
function trickle(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({
    pull: async (controller) => {
      controller.enqueue(new Uint8Array(bytes));
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  });
}

const isPostgresGone = (): boolean => processesNaming(muster.dataDir).length === 0;

/** Creates records one after the other until the server takes no more; answers those it said are there. */
async function createUntilRefused(client: Client, parent: string): Promise<string[]> {
  const made: string[] = [];
  try {
    for (;;) {
      const record = await client.call<{ name: string }>('RecordService/CreateRecord', {
        parent,
        title: 'Drive',
        requestId: randomUUID(),
      });
      made.push(record.name);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(Refused);
    return made;
  }
}

test('stopped under load, each request was answered or never accepted, and uploads go on afterwards', async () => {
  await muster.boot();
  muster.makeOrganization();
  const client = new Client(muster);
  const project = await makeProject(client);
  const record = await client.call<{ name: string }>('RecordService/CreateRecord', {
    parent: project.name,
    title: 'With files',
    requestId: randomUUID(),
  });
  const content = randomBytes(24 * MEBIBYTE);
  const uploads = await Promise.all(
    Array.from({ length: 4 }, async (_unused, index) => ({
      location: await client.begin(record.name, `part-${index}.bin`, content.length),
      acknowledged: 0,
    })),
  );
  const sending = uploads.map(async (upload) => {
    while (upload.acknowledged < content.length)
      upload.acknowledged = await client.patch(
        upload.location,
        upload.acknowledged,
        content.subarray(upload.acknowledged, upload.acknowledged + 2 * MEBIBYTE),
      );
  });
  for (const one of sending) one.catch(() => {});
  const slow = await client.begin(record.name, 'slow.bin', 1024 * MEBIBYTE);
  const trickling = client.patch(slow, 0, trickle(randomBytes(1000))).catch(() => null);
  const creating = Array.from({ length: 20 }, () => createUntilRefused(client, project.name));

  await new Promise((resolve) => setTimeout(resolve, 1000));
  const began = performance.now();
  muster.signal('SIGTERM');
  const made = (await Promise.all(creating)).flat();
  await Promise.allSettled([...sending, trickling]);
  expect(await muster.ended()).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(isPostgresGone()).toBe(true);

  await muster.boot();
  expect(made.length).toBeGreaterThan(20);
  const there: string[] = [];
  let pageToken = '';
  do {
    const page = await client.call<{ records: { name: string }[]; nextPageToken?: string }>(
      'RecordService/ListRecords',
      {
        parent: project.name,
        pageSize: 1000,
        pageToken,
      },
    );
    there.push(...page.records.map((row) => row.name));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken !== '');
  // Not one that was answered is missing, and none is there that was not answered.
  expect(new Set(there)).toEqual(new Set([record.name, ...made]));
  expect(await client.head(slow)).toBeGreaterThan(1000);
  for (const [index, upload] of uploads.entries()) {
    const offset = await client.head(upload.location);
    expect(offset).toBeGreaterThanOrEqual(upload.acknowledged);
    if (offset < content.length) await client.patch(upload.location, offset, content.subarray(offset));
    expect(sha256(await client.download(`${record.name}/files/part-${index}.bin`))).toBe(sha256(content));
  }
});

test('an idle server stops at once', async () => {
  await muster.boot();
  // A connection that is kept alive for later requests keeps nobody waiting.
  await fetch(`${muster.url}/healthz`).then((answer) => answer.text());
  const began = performance.now();
  expect(await muster.stop()).toBe(0);
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(isPostgresGone()).toBe(true);
});

test('a second Ctrl-C waits for nobody, and loses nothing', async () => {
  await muster.boot();
  muster.makeOrganization();
  const client = new Client(muster);
  const project = await makeProject(client);
  const { name } = await client.call<{ name: string }>('RecordService/CreateRecord', {
    parent: project.name,
    title: 'Drive',
  });
  const trickling = client.patch(await client.begin(name, 'slow.bin', 1024 * MEBIBYTE), 0, trickle(randomBytes(1000)));
  trickling.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  muster.signal('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(muster.pid)).toBe(true);
  const began = performance.now();
  muster.signal('SIGINT');
  expect(await muster.ended()).toBe(130);
  await until(isPostgresGone, 3_000);
  expect(performance.now() - began).toBeLessThan(3_000);
  await muster.boot();
  expect(await client.call('RecordService/GetRecord', { name })).toMatchObject({ title: 'Drive' });
});

test('Ctrl-C at "npm start" ends everything it started, and the next start finds all data', async () => {
  const start = () => {
    // A group of its own, as a terminal makes one for a command; Ctrl-C goes to all of it.
    const npm = spawn('npm', ['start'], {
      cwd: ROOT,
      env: muster.environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = new Promise<number | null>((resolve) => npm.once('exit', (code) => resolve(code)));
    return { pid: npm.pid ?? 0, ended, isUp: () => said.includes('Muster is running at') };
  };
  const first = start();
  await until(first.isUp, 60_000);
  muster.makeOrganization();
  const client = new Client(muster);
  const project = await makeProject(client);
  const everything = [...treeOf(first.pid), muster.postgresPid];
  expect(everything.length).toBeGreaterThan(4);
  process.kill(-first.pid, 'SIGINT');
  expect(await first.ended).toBe(0);
  await until(() => everything.every((pid) => !isAlive(pid)), 5_000);
  expect(isPostgresGone()).toBe(true);

  const second = start();
  await until(second.isUp, 60_000);
  expect(await client.call('ProjectService/GetProject', { name: project.name })).toMatchObject({ slug: 'stop' });
  process.kill(-second.pid, 'SIGTERM');
  expect(await second.ended).toBe(0);
  await until(isPostgresGone, 5_000);
});
