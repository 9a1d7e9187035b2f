import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from './client.ts';
import { MUSTER, Muster, freePort, until } from './harness.ts';
import { processesNaming } from './processes.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A server that runs while others try to start. */
let muster: Muster;
let folder: string;
beforeAll(async () => {
  muster = await Muster.start();
  folder = mkdtempSync('/var/tmp/muster-start-');
  chmodSync(folder, 0o711);
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a server that must not come up, and waits until it has ended. */
async function failToStart(settings: Record<string, string>): Promise<Ended> {
  const began = performance.now();
  const child = spawn(MUSTER, ['serve'], {
    env: { ...muster.environment, MUSTER_LISTEN: `127.0.0.1:${await freePort()}`, MUSTER_LOG_LEVEL: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr, milliseconds: performance.now() - began };
}

/** It said one sentence, ended with an error, and left nothing running. */
function expectSentence(ended: Ended, sentence: RegExp, dataDir?: string): void {
  expect(ended.stderr).toMatch(sentence);
  expect(ended.stderr.trim().split('\n'), 'one line').toHaveLength(1);
  expect(ended.stderr.trim()).toMatch(/\.$/);
  expect(ended.stdout).toBe('');
  expect(ended.code).toBe(1);
  if (dataDir) expect(processesNaming(dataDir)).toEqual([]);
}

const newDir = (name: string): string => {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o711 });
  return path;
};

test('a port that is taken is said before anything else is touched', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const dataDir = join(folder, 'untouched');
  const ended = await failToStart({ MUSTER_LISTEN: `127.0.0.1:${port}`, MUSTER_DATA_DIR: dataDir });
  other.close();
  expectSentence(ended, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken .*MUSTER_LISTEN`), dataDir);
  expect(existsSync(dataDir)).toBe(false);
});

test('an address of another machine cannot be listened on', async () => {
  const ended = await failToStart({ MUSTER_LISTEN: '192.0.2.1:8700', MUSTER_DATA_DIR: join(folder, 'untouched') });
  expectSentence(ended, /cannot listen on 192\.0\.2\.1:8700 \(EADDRNOTAVAIL\)/);
});

test('settings that cannot be used are named', async () => {
  for (const [name, value] of [
    ['MUSTER_LISTEN', 'everywhere'],
    ['MUSTER_DATA_DIR', 'here'],
    ['MUSTER_PUBLIC_URL', 'ftp://example.com'],
    ['DATABASE_URL', 'mysql://example.com'],
    ['MUSTER_SECRET_KEY', 'short'],
  ] as const)
    expectSentence(await failToStart({ [name]: value }), new RegExp(`^${name} must be`));
});

test('a second server on the same data is refused, and the first goes on', async () => {
  const ended = await failToStart({ MUSTER_DATA_DIR: muster.dataDir });
  expectSentence(ended, new RegExp(`Another Muster \\(process ${muster.pid}\\) uses the data`));
  expect(await new Client(muster).call('OrganizationService/ListOrganizations', {})).toMatchObject({
    organizations: [{ slug: 'acme' }],
  });
});

test('of five servers that start on the same data at once, one comes up', async () => {
  const dataDir = newDir('raced');
  const servers = await Promise.all(Array.from({ length: 5 }, async () => new Muster(dataDir, await freePort())));
  const booted = await Promise.allSettled(servers.map((server) => server.boot()));
  const up = servers.filter((_server, index) => booted[index]?.status === 'fulfilled');
  expect(up).toHaveLength(1);
  for (const [index, server] of servers.entries())
    if (booted[index]?.status === 'rejected') expect(server.complained).toMatch(/^Another Muster \(process \w+\) uses/);
  expect(await up[0]?.stop()).toBe(0);
});

test('data of a newer version is left alone', async () => {
  const dataDir = newDir('newer');
  const server = new Muster(dataDir, await freePort());
  await server.boot();
  await server.query("insert into muster_migrations.kysely_migration (name, timestamp) values ('9999_future', 'now')");
  await server.stop();
  const ended = await failToStart({ MUSTER_DATA_DIR: dataDir });
  expectSentence(ended, /written by a newer version of Muster \(its migration 9999_future/, dataDir);
});

test('a database of another PostgreSQL, and one without its parts, are left alone', async () => {
  const dataDir = newDir('damaged');
  const server = new Muster(dataDir, await freePort());
  await server.boot();
  await server.stop();
  const cluster = join(dataDir, 'postgres');
  cpSync(cluster, `${cluster}-kept`, { recursive: true });

  rmSync(join(cluster, 'global/pg_control'));
  expectSentence(
    await failToStart({ MUSTER_DATA_DIR: dataDir }),
    /^PostgreSQL could not start: could not find the database system .*pg_control/,
    dataDir,
  );

  writeFileSync(join(cluster, 'PG_VERSION'), '14\n');
  expectSentence(
    await failToStart({ MUSTER_DATA_DIR: dataDir }),
    /made by PostgreSQL 14, .* brings PostgreSQL 18/,
    dataDir,
  );

  rmSync(join(cluster, 'PG_VERSION'));
  expectSentence(await failToStart({ MUSTER_DATA_DIR: dataDir }), /is damaged, it has no PG_VERSION/, dataDir);
  // Nothing of it was cleaned away.
  expect(existsSync(join(cluster, 'base'))).toBe(true);
});

test('a folder that cannot be reached or written is named', async () => {
  const closed = newDir('closed');
  chmodSync(closed, 0o700);
  if (process.getuid?.() === 0) {
    const ended = await failToStart({ MUSTER_DATA_DIR: join(closed, 'data') });
    expectSentence(ended, new RegExp(`the user postgres, which cannot enter ${closed}: .*chmod o\\+x`), closed);
  }
  writeFileSync(join(folder, 'a-file'), '');
  const ended = await failToStart({ MUSTER_DATA_DIR: join(folder, 'a-file/data') });
  expectSentence(ended, /^Muster cannot write to .*a-file\/data \(E\w+\): choose another folder/);
});

test('a DATABASE_URL that leads nowhere is said at once, without its password', async () => {
  const own = new URL(muster.databaseUrl);
  const wrong = (change: (url: URL) => void): string => {
    const url = new URL(own);
    change(url);
    return url.href;
  };
  for (const [databaseUrl, sentence] of [
    [`postgres://someone:s3cret@127.0.0.1:${await freePort()}/muster`, /cannot be reached: .*ECONNREFUSED/],
    [`postgres://someone:s3cret@localhost:${await freePort()}/muster`, /cannot be reached: .*ECONNREFUSED/],
    [wrong((url) => (url.password = 's3cret')), /cannot be reached: password authentication failed/],
    [wrong((url) => (url.pathname = '/nowhere')), /cannot be reached: database "nowhere" does not exist/],
    ['postgres://someone:s3cret@does-not-exist.invalid/muster', /cannot be reached: .*(ENOTFOUND|EAI_AGAIN)/],
  ] as const) {
    const ended = await failToStart({ DATABASE_URL: databaseUrl, MUSTER_DATA_DIR: newDir(`url-${Math.random()}`) });
    expectSentence(ended, sentence);
    expect(ended.stderr).not.toContain('s3cret');
    expect(ended.milliseconds).toBeLessThan(15_000);
  }
});

test('a database of one that may not make roles is said in a sentence', async () => {
  await muster.query("create role weak login password 'weak'");
  await muster.query('create database weak owner weak');
  const url = new URL(muster.databaseUrl);
  Object.assign(url, { username: 'weak', password: 'weak', pathname: '/weak' });
  const ended = await failToStart({ DATABASE_URL: url.href, MUSTER_DATA_DIR: newDir('weak') });
  expectSentence(ended, /could not be brought to this version: permission denied to (create|grant) role/);
});

test('a PostgreSQL of the operator is used by DATABASE_URL, and left running', async () => {
  await muster.query('create database operated');
  const url = new URL(muster.databaseUrl);
  url.pathname = '/operated';
  const server = new Muster(newDir('operated'), await freePort(), { DATABASE_URL: url.href });
  await server.boot();
  server.makeOrganization();
  expect(await new Client(server).call('OrganizationService/ListOrganizations', {})).toMatchObject({
    organizations: [{ slug: 'acme' }],
  });
  expect(existsSync(join(server.dataDir, 'postgres'))).toBe(false);
  expect(await server.stop()).toBe(0);
  expect(await muster.query('select count(*)::int as n from pg_database where datname = $1', ['operated'])).toEqual([
    { n: 1 },
  ]);
});

test('it starts, works and stops as a user without rights', async () => {
  const dataDir = newDir('unprivileged');
  const nobody = { uid: 65534, gid: 65534 };
  const asRoot = process.getuid?.() === 0;
  if (asRoot) chownSync(dataDir, nobody.uid, nobody.gid);
  const server = new Muster(dataDir, await freePort(), { HOME: dataDir }, asRoot ? nobody : {});
  await server.boot();
  expect(processOwner(server.pid)).toBe(asRoot ? nobody.uid : process.getuid?.());
  expect(processOwner(server.postgresPid)).toBe(processOwner(server.pid));
  expect(await fetch(`${server.url}/readyz`).then((answer) => answer.status)).toBe(200);
  expect(await server.stop()).toBe(0);
  await until(() => processesNaming(dataDir).length === 0, 5_000);
});

test('when its database ends and cannot come back, it says so and ends', async () => {
  const server = new Muster(newDir('lost'), await freePort());
  await server.boot();
  rmSync(join(server.dataDir, 'postgres/global/pg_control'));
  process.kill(server.postgresPid, 'SIGKILL');
  expect(await server.ended()).toBe(1);
  const lines = server.complained.trim().split('\n');
  expect(lines.at(-1)).toMatch(
    /^The database ended, and it does not come back\. PostgreSQL could not start: .*pg_control.*\.$/,
  );
  expect(processesNaming(server.dataDir)).toEqual([]);
});

function processOwner(pid: number): number {
  const uid = /^Uid:\s+(?<uid>\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['uid'];
  return Number(uid);
}
