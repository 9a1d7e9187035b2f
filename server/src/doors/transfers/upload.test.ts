import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { TusClient, sha256 } from '../../../test/tus.ts';
import { NOTHING, Workspace } from '../../../test/workspace.ts';

let server: TestServer;
let work: Workspace;
let record: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  work = await Workspace.make(server);
  record = await work.record();
});

const bytes = (size: number, seed = 7): Buffer => Buffer.alloc(size, `${seed} some bytes that repeat `);

describe('an upload', () => {
  it('becomes a file with its size and hash when its last part has arrived, and not before', async () => {
    const content = bytes(300_000);
    const { location, status } = await work.tus.begin(record, 'drive.bin', content.length, {
      sha256: sha256(content),
    });
    expect(status).toBe(201);
    expect(await work.tus.patch(location, 0, content.subarray(0, 100_000))).toMatchObject({
      status: 204,
      offset: 100_000,
    });
    expect(await work.list(record)).toEqual([]);
    expect(await work.usage()).toEqual({ ...NOTHING, reservedBytes: 300_000n });

    const last = await work.tus.patch(location, 100_000, content.subarray(100_000));
    expect(last).toMatchObject({ status: 204, offset: 300_000, file: `${record}/files/drive.bin` });
    expect(await work.list(record)).toMatchObject([
      { path: 'drive.bin', byteSize: 300_000n, sha256: sha256(content), creator: expect.any(String) },
    ]);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 300_000n });
  });

  it('may be made and filled by one request', async () => {
    const made = await work.tus.begin(record, 'small.txt', 5, { body: 'hello' });
    expect(made).toMatchObject({ status: 201, offset: 5, file: `${record}/files/small.txt` });
    expect((await work.tus.head(made.location)).offset).toBe(5);
  });

  it('of an empty file is a file at once', async () => {
    const made = await work.tus.begin(record, 'empty', 0, { sha256: sha256('') });
    expect(made).toMatchObject({ status: 201, file: `${record}/files/empty` });
    expect(await work.list(record)).toMatchObject([{ path: 'empty', byteSize: 0n, sha256: sha256('') }]);
    expect(await work.usage()).toEqual(NOTHING);
  });

  it('goes on where a connection broke in the middle of a part', async () => {
    const content = bytes(4_000_000);
    const { location } = await work.tus.begin(record, 'broken.bin', content.length);
    let offset = 0;
    for (let breaks = 0; breaks < 2; breaks++) {
      const sent = content.subarray(offset, offset + 1_500_000);
      await work.tus.breakOff(location, offset, sent, content.length - offset);
      const { offset: acknowledged } = await work.tus.head(location);
      expect(acknowledged).toBeGreaterThan(offset);
      expect(acknowledged).toBeLessThanOrEqual(offset + 1_500_000);
      offset = acknowledged;
    }
    expect(await work.list(record)).toEqual([]);
    expect(await work.tus.patch(location, offset, content.subarray(offset))).toMatchObject({ status: 204 });
    expect((await work.list(record))[0]?.sha256).toBe(sha256(content));
  });

  it('goes on at another server on the same data, as after a restart', async () => {
    const content = bytes(500_000);
    const { location } = await work.tus.begin(record, 'restarted.bin', content.length, { sha256: sha256(content) });
    await work.tus.patch(location, 0, content.subarray(0, 200_000));
    await using restarted = await server.another();
    const tus = new TusClient(restarted, work.admin);
    expect((await tus.head(location)).offset).toBe(200_000);
    expect(await tus.patch(location, 200_000, content.subarray(200_000))).toMatchObject({ status: 204 });
    expect((await work.list(record))[0]?.sha256).toBe(sha256(content));
  });

  it('counts one of two parts that two servers take at once, and never goes back', async () => {
    const content = bytes(200_000);
    const { location } = await work.tus.begin(record, 'two.bin', content.length);
    await using other = await server.another();
    const there = new TusClient(other, work.admin);
    let finish = (): void => {};
    const slow = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(content.subarray(0, 50_000)));
        finish = () => controller.close();
      },
    });
    const here = work.tus.patch(location, 0, slow);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await there.patch(location, 0, content.subarray(0, 100_000))).toMatchObject({ offset: 100_000 });
    finish();
    expect(await here).toMatchObject({ status: 409, body: { reason: 'offset_mismatch' } });
    expect((await work.tus.head(location)).offset).toBe(100_000);
    expect(await there.patch(location, 100_000, content.subarray(100_000))).toMatchObject({ status: 204 });
    expect((await work.list(record))[0]?.sha256).toBe(sha256(content));
  });

  it('tells a waiting request where a silent one has got to, and lets it go on', async () => {
    const content = bytes(100_000);
    const { location } = await work.tus.begin(record, 'silent.bin', content.length);
    let release = (): void => {};
    const silent = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(content.subarray(0, 40_000)));
        release = () => controller.close();
      },
    });
    const first = work.tus.patch(location, 0, silent).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // It asks for the upload while the first one still has it: the first is ended after three seconds.
    expect((await work.tus.head(location)).offset).toBe(40_000);
    release();
    await first;
    expect(await work.tus.patch(location, 40_000, content.subarray(40_000))).toMatchObject({ status: 204 });
  });

  it('replaces the file of the same path, whose content moves to the trash', async () => {
    await work.tus.upload(record, 'map.yaml', 'the first');
    await work.tus.upload(record, 'map.yaml', 'the second one');
    expect(await work.list(record)).toMatchObject([{ path: 'map.yaml', sha256: sha256('the second one') }]);
    expect(await work.list(record, true)).toMatchObject([{ path: 'map.yaml', sha256: sha256('the first') }]);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 14n, trashBytes: 9n });
    expect(await work.records.getRecord({ name: record })).toMatchObject({ fileCount: 1n, byteSize: 14n });
  });

  it('of the same content again is counted and stored once', async () => {
    const other = await work.record();
    await work.tus.upload(record, 'a.txt', 'the same bytes');
    await work.tus.upload(record, 'b.txt', 'the same bytes');
    await work.tus.upload(other, 'a.txt', 'the same bytes');
    await work.tus.upload(record, 'a.txt', 'the same bytes');
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 14n });
    expect(await work.ledgerRows('storage.live')).toBe(1n);
    expect(await storedUnder(work)).toEqual([sha256('the same bytes')]);
  });

  it('is one file and one ledger row however often its last part is sent again', async () => {
    const content = bytes(50_000);
    const { location } = await work.tus.begin(record, 'storm.bin', content.length);
    await work.tus.patch(location, 0, content.subarray(0, 25_000));
    const storm = await Promise.all(
      Array.from({ length: 20 }, () => work.tus.patch(location, 25_000, content.subarray(25_000))),
    );
    expect(storm.filter((answer) => answer.status === 204)).toHaveLength(1);
    expect(new Set(storm.filter((answer) => answer.status !== 204).map((answer) => answer.body.reason))).toEqual(
      new Set(['offset_mismatch']),
    );
    expect((await work.tus.head(location)).offset).toBe(50_000);
    expect(await work.list(record)).toHaveLength(1);
    expect(await work.list(record, true)).toEqual([]);
    expect(await work.ledgerRows('storage.live')).toBe(1n);
  });

  it('leaves no bytes behind in the folder of uploads', async () => {
    await work.tus.upload(record, 'a.txt', 'bytes of a');
    const { location } = await work.tus.begin(record, 'b.txt', 10);
    await work.tus.patch(location, 0, 'half');
    await work.tus.end(location);
    expect(await uploadsOf(location)).toEqual([]);
  });
});

describe('two uploads to one path', () => {
  it('end as one file and one in the trash, whoever is faster', async () => {
    const contents = Array.from({ length: 8 }, (_unused, index) => `content of ${index}`);
    await Promise.all(contents.map((content) => work.tus.upload(record, 'raced.txt', content)));
    const [living, ...none] = await work.list(record);
    const trashed = await work.list(record, true);
    expect(none).toEqual([]);
    expect(new Set([living, ...trashed].map((file) => file?.sha256))).toEqual(new Set(contents.map(sha256)));
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 12n, trashBytes: 7n * 12n });
  });

  it('cannot make a file and a folder of the same name', async () => {
    const answers = await Promise.all([
      work.tus.begin(record, 'night', 4, { body: 'file' }),
      work.tus.begin(record, 'night/a.bag', 4, { body: 'deep' }),
      work.tus.begin(record, 'night/b/c.bag', 4, { body: 'more' }),
    ]);
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(answer).toMatchObject({ status: 409, body: { reason: 'path_is_folder' } });
    const paths = (await work.list(record)).map((file) => file.path);
    expect(paths.includes('night') && paths.length > 1).toBe(false);
  });
});

/** Hashes of the contents of an organization that are on disk. */
async function storedUnder({ organization }: Workspace): Promise<string[]> {
  const all = await Array.fromAsync(server.platform.blobs.list());
  return all.filter((row) => organization.name.endsWith(row.organizationId)).map((row) => row.sha256.toString('hex'));
}

/** What is left in the folder of uploads of one of them. */
async function uploadsOf(location: string): Promise<string[]> {
  const id = location.split('.').at(-1) ?? '';
  const there = await Array.fromAsync(server.platform.blobs.listUploads());
  return there.map((row) => row.uploadId).filter((name) => name === id);
}
