import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Refused, sha256 } from './client.ts';
import { CrashClients, FILLED } from './crash-clients.ts';
import type { Acknowledged } from './crash-clients.ts';
import { MUSTER, Muster, until } from './harness.ts';
import { isAlive, processesNaming } from './processes.ts';

/** Ten in `npm test`, two hundred in `npm run soak`. */
const CRASHES = Number(process.env['MUSTER_CRASHES'] ?? 10);
const CLIENTS = 6;
const VICTIMS = ['the server', 'PostgreSQL', 'the server and PostgreSQL'] as const;

let muster: Muster;
let client: Client;
let clients: CrashClients;
const killed = new Map<string, number>();
/** Contents whose bytes were found right once; they cannot change any more. */
const proven = new Set<string>();

beforeAll(async () => {
  muster = await Muster.start();
  client = new Client(muster);
  const { name } = await client.call<{ name: string }>('ProjectService/CreateProject', {
    parent: 'organizations/acme',
    slug: 'crash',
    displayName: 'Crash',
  });
  clients = new CrashClients(client, name);
});
afterAll(async () => {
  await clients?.stop();
  await muster?.[Symbol.asyncDispose]();
});

async function crash(): Promise<void> {
  const victim = VICTIMS[randomInt(VICTIMS.length)] ?? 'the server';
  killed.set(victim, (killed.get(victim) ?? 0) + 1);
  const postgres = muster.postgresPid;
  if (victim !== 'the server') process.kill(postgres, 'SIGKILL');
  if (victim === 'PostgreSQL') {
    // The server brings it back by itself.
    await until(() => !isAlive(postgres), 5_000);
    await until(isReady, 30_000);
    return;
  }
  await muster.kill9();
  await muster.boot();
}

const isReady = (): Promise<boolean> =>
  fetch(`${muster.url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );

/** All pages of a list. */
async function everything<T>(method: string, key: string, parent: string): Promise<T[]> {
  const rows: T[] = [];
  let pageToken: unknown = '';
  do {
    const page = await client.call<Record<string, unknown>>(method, { parent, pageSize: 1000, pageToken });
    // The shape is that of the contract, which the caller names.
    rows.push(...((page[key] ?? []) as T[]));
    pageToken = page['nextPageToken'];
  } while (pageToken);
  return rows;
}

/** Everything that was acknowledged is there, with its bytes. */
async function expectNothingLost({
  records,
  files,
  deleted,
  undecided,
  underWay,
  unanswered,
}: Acknowledged): Promise<void> {
  for (const [requestId, title] of unanswered) await clients.repeatCreate(requestId, title);
  for (const upload of underWay) {
    const offset = await client.head(upload.location);
    expect(offset, 'an acknowledged part is missing').toBeGreaterThanOrEqual(upload.acknowledged);
    upload.acknowledged = offset;
    await clients.goOn(upload);
  }
  const listed = await everything<{ name: string; title: string }>(
    'RecordService/ListRecords',
    'records',
    clients.project,
  );
  expect(new Set(listed.map((record) => record.title)).size, 'a creation that was repeated made two').toBe(
    listed.length,
  );
  expect(new Set(listed.map((record) => record.name))).toEqual(records);
  const found = new Map<string, string>();
  for (const record of [...records].slice(0, FILLED))
    for (const file of await everything<{ name: string; sha256: string }>('FileService/ListFiles', 'files', record))
      found.set(file.name, file.sha256);
  for (const [name, hash] of files) expect(found.get(name), name).toBe(hash);
  for (const name of deleted) expect(found.has(name), `${name} was deleted`).toBe(false);
  for (const name of found.keys())
    expect(files.has(name) || undecided.has(name), `${name} was never finished`).toBe(true);
  for (const name of undecided) {
    const hash = found.get(name);
    if (hash === undefined) deleted.add(name);
    else files.set(name, hash);
  }
  undecided.clear();
}

/** No blob is half-written: each has the hash that it is named for. */
async function expectWholeBlobs(): Promise<void> {
  const root = join(muster.dataDir, 'blobs');
  const contents = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name) && !proven.has(entry.name),
  );
  for (const entry of contents) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(entry.parentPath, entry.name)), hash);
    expect(hash.digest('hex')).toBe(entry.name);
    proven.add(entry.name);
  }
}

async function expectTrueBooks(): Promise<void> {
  const run = (...args: string[]): Promise<string> =>
    promisify(execFile)(MUSTER, args, { env: muster.environment }).then(({ stdout }) => stdout);
  const [verified, counted] = await Promise.all([run('audit', 'verify'), run('admin', 'recount', '-o', 'json')]);
  expect(verified).toMatch(/^complete, \d+ rows/);
  expect(counted).toContain('"driftFound":false');
  expect(counted).not.toContain('"driftFound":true');
}

test(
  `nothing acknowledged is lost when the server or its PostgreSQL is killed, ${CRASHES} times`,
  async () => {
    const { known } = clients;
    for (let round = 1; round <= CRASHES; round++) {
      clients.start(CLIENTS);
      await new Promise((resolve) => setTimeout(resolve, randomInt(200, 1500)));
      await crash();
      await clients.stop();
      await expectNothingLost(known);
      await expectWholeBlobs();
      await expectTrueBooks();
      expect(processesNaming(`${muster.dataDir}/postgres`), 'one PostgreSQL, and no orphan').toHaveLength(1);
      expect(known.wrong, muster.complained.slice(-4000)).toEqual([]);
      if (round % 20 === 0) process.stdout.write(`${round} of ${CRASHES} crashes\n`);
    }
    for (const [name, hash] of known.files) expect(sha256(await client.download(name)), name).toBe(hash);
    expect(known.files.size).toBeGreaterThan(CRASHES);
    process.stdout.write(
      `${CRASHES} crashes (${[...killed].map(([who, times]) => `${who} ${times}`).join(', ')}): ${known.done} requests done, ${known.records.size} records and ${known.files.size} files proven\n`,
    );
  },
  60_000 + CRASHES * 30_000,
);

test('while PostgreSQL is away, requests are told to try again, and it comes back by itself', async () => {
  const call = () => client.call('RecordService/ListRecords', { parent: 'projects/crash' });
  await call();
  process.kill(muster.postgresPid, 'SIGKILL');
  const answers = new Set<string>();
  await until(async () => {
    const answer = await call().then(
      () => 'done',
      (error: unknown) => (error instanceof Refused ? `${error.status}` : String(error)),
    );
    answers.add(answer);
    return answer === 'done' && answers.size > 1;
  }, 30_000);
  expect([...answers].toSorted((a, b) => a.localeCompare(b))).toEqual(['503', 'done']);
});

test('after the end nothing of it runs any more', async () => {
  expect(await muster.stop()).toBe(0);
  await until(() => processesNaming(muster.dataDir).length === 0, 5_000);
});
