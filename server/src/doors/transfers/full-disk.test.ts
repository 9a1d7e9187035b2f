import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, waitFor } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { TusClient, sha256 } from '../../../test/tus.ts';
import { NOTHING, Workspace } from '../../../test/workspace.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const MEBIBYTE = 1024 * 1024;

let server: TestServer;
let work: Workspace;
let small: { url: string; process: ChildProcess; dir: string };

/** A second server on the same database, whose files are on a disk of 4 MiB that only it sees. */
async function startOnSmallDisk(databaseUrl: string): Promise<typeof small> {
  const dir = mkdtempSync(join(tmpdir(), 'muster-small-'));
  execFileSync('mkdir', [join(dir, 'blobs')]);
  // Who is not root may mount inside a user namespace.
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const child = spawn(
    'unshare',
    [
      ...asRoot,
      '--mount',
      'sh',
      '-ec',
      `mount -t tmpfs -o size=4m small "$0"; exec "$@"`,
      join(dir, 'blobs'),
      process.execPath,
      MAIN,
      'serve',
    ],
    {
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        MUSTER_LISTEN: '127.0.0.1:0',
        MUSTER_DATA_DIR: dir,
        DATABASE_URL: databaseUrl,
        MUSTER_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await waitFor(() => /running at (?<url>\S+)/.exec(said)?.groups?.['url']);
  return { url, process: child, dir };
}

beforeAll(async () => {
  server = await startServer();
  work = await Workspace.make(server);
  small = await startOnSmallDisk(server.databaseUrl);
});
afterAll(async () => {
  const ended = new Promise((resolve) => small.process.once('exit', resolve));
  small.process.kill('SIGTERM');
  await ended;
  rmSync(small.dir, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

describe('a disk that is full', () => {
  it('is told to who uploads; nothing is lost, and it goes on when there is room again', async () => {
    const tus = new TusClient({ url: small.url }, work.admin);
    const record = await work.record();
    const content = Buffer.alloc(3 * MEBIBYTE, 'fills the disk ');
    expect((await tus.begin(record, 'first.bin', content.length, { body: content })).status).toBe(201);

    const next = Buffer.alloc(2 * MEBIBYTE, 'has no room ');
    const { location } = await tus.begin(record, 'next.bin', next.length);
    const first = await tus.patch(location, 0, next.subarray(0, 100_000));
    expect(first.status).toBe(204);
    expect(await tus.patch(location, 100_000, next.subarray(100_000))).toMatchObject({
      status: 503,
      body: { reason: 'storage_full' },
    });
    expect(await work.list(record)).toMatchObject([{ path: 'first.bin', sha256: sha256(content) }]);
    expect(await work.usage()).toMatchObject({ bytes: BigInt(content.length), reservedBytes: BigInt(next.length) });

    // Who gives up gives the room back, at once.
    expect((await tus.end(location)).status).toBe(204);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: BigInt(content.length) });
    const fits = next.subarray(0, 900_000);
    expect((await tus.begin(record, 'fits.bin', fits.length, { body: fits })).status).toBe(201);
    const answer = await fetch(`${small.url}/files/${record}/files/first.bin`, { headers: work.admin.headers });
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(content));
  });
});
