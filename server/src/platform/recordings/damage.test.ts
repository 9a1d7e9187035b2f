import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { readRecording } from './index.ts';
import type { RecordingContent, RecordingFormat } from './index.ts';
import { firstChunk, fixture, memorySource, sparseSource, UNINDEXED, withoutIndex, writeMcap } from './samples.ts';

interface Sample {
  readonly name: string;
  readonly format: RecordingFormat;
  readonly bytes: Buffer;
  readonly whole: RecordingContent;
}

const samples: Sample[] = [];

beforeAll(async () => {
  const files: [string, RecordingFormat, Buffer][] = [
    ['unindexed', 'mcap', await writeMcap(UNINDEXED)],
    ['indexed', 'mcap', await writeMcap()],
    ['unchunked', 'mcap', await writeMcap({ ...UNINDEXED, useChunks: false })],
  ];
  const fixtures = ['test_sample.mcap', 'test_sample_truncated.mcap', 'test_unindexed.bag', 'no-messages.bag'];
  for (const name of [...fixtures, 'example-lz4.bag', 'example-bz2.bag'])
    files.push([name, name.endsWith('.mcap') ? 'mcap' : 'bag', await readFile(fixture(name))]);
  for (const name of ['example-lz4.bag', 'example-bz2.bag'])
    files.push([`${name}.active`, 'bag', withoutIndex(await readFile(fixture(name)))]);
  for (const [name, format, bytes] of files)
    samples.push({ name, format, bytes, whole: await readRecording(format, memorySource(bytes)) });
  expect(samples.filter(({ whole }) => whole.state !== 'ready').map(({ name }) => name)).toEqual([
    'test_sample_truncated.mcap',
  ]);
});

/** What holds for every file: an answer that fits together, from ranges no longer than the file and the bounds. */
async function readAny(format: RecordingFormat, bytes: Uint8Array): Promise<RecordingContent> {
  const source = memorySource(bytes);
  const content = await readRecording(format, source);
  expect(content.problem === null).toBe(content.state === 'ready');
  if (content.problem) expect(content.problem).toMatchObject({ reason: /^[a-z_]+$/, sentence: /^[A-Z].*\.$/ });
  expect(content.messageCount).toBe(content.topics.reduce((sum, topic) => sum + topic.messageCount, 0n));
  expect(source.longest).toBeLessThanOrEqual(bytes.length);
  expect(content.bytesRead).toBeLessThanOrEqual(3 * bytes.length + 16_384);
  return content;
}

function expectNoMore(content: RecordingContent, whole: RecordingContent): void {
  expect(content.messageCount).toBeLessThanOrEqual(whole.messageCount);
  expect(content.outlierCount).toBeLessThanOrEqual(whole.outlierCount);
  expect(content.chunkCount).toBeLessThanOrEqual(whole.chunkCount);
  expect(content.attachmentCount).toBeLessThanOrEqual(whole.attachmentCount);
  expect(content.metadataCount).toBeLessThanOrEqual(whole.metadataCount);
  for (const { topic, messageCount } of content.topics) {
    const row = whole.topics.find((one) => one.topic === topic);
    expect(row, topic).toBeDefined();
    expect(messageCount).toBeLessThanOrEqual(row?.messageCount ?? 0n);
  }
}

test('a file cut off anywhere is partial or failed, and never counts more than there is', async () => {
  for (const { name, format, bytes, whole } of samples) {
    const step = Math.max(1, Math.floor(bytes.length / 150));
    for (let cut = 0; cut < bytes.length; cut += cut < 200 ? 1 : step) {
      const content = await readAny(format, bytes.subarray(0, cut));
      // A bag that was never closed has no end: cut between two records it is simply shorter.
      if (content.state === 'ready') expect(name, `cut at ${cut}`).toMatch(/unindexed\.bag|\.active/);
      else expect(content.problem?.reason, `${name} cut at ${cut}`).toMatch(/^(file_truncated|format_unknown)$/);
      expectNoMore(content, whole);
    }
  }
});

test('any bytes overwritten anywhere still give an answer', async () => {
  const flips = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(samples.length - 1), flips, fc.boolean(), async (choice, changes, early) => {
      const sample = samples[choice];
      if (!sample) throw new Error('no samples');
      const bytes = Buffer.from(sample.bytes);
      // Most lengths of a bag stand early, behind the header of 4 KiB; spread over all of it few would be hit.
      const reach = early ? Math.min(bytes.length, 4600) : bytes.length;
      for (const { at, value } of changes) bytes.writeUInt8(value, Math.min(reach - 1, Math.floor(at * reach)));
      await readAny(sample.format, bytes);
    }),
    { numRuns: 4000, seed: 20261124 },
  );
});

test('a file of random bytes is no recording, and with a true beginning it is a damaged one', async () => {
  const noise = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(noise, fc.constantFrom('mcap' as const, 'bag' as const), async (bytes, format) => {
      expect(await readAny(format, bytes)).toMatchObject({ state: 'failed', problem: { reason: 'format_unknown' } });
      const magic = format === 'mcap' ? Buffer.from('894d434150300d0a', 'hex') : Buffer.from('#ROSBAG V2.0\n');
      expect(await readAny(format, Buffer.concat([magic, bytes]))).toMatchObject({
        state: 'partial',
        messageCount: 0n,
      });
    }),
    { numRuns: 500, seed: 20261124 },
  );
});

test.for(['mcap', 'bag'] as const)('an empty %s says that it is empty', async (format) => {
  expect(await readAny(format, Buffer.alloc(0))).toMatchObject({
    state: 'failed',
    messageCount: 0n,
    problem: { reason: 'format_unknown', sentence: 'The file is empty.' },
  });
});

test('an MCAP whose lengths lie allocates by no more than the file has', async () => {
  const lies = [0xffff_ffffn, 2n ** 32n, 2n ** 40n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];
  const whole = await writeMcap(UNINDEXED);
  const { start, end } = firstChunk(whole);
  // Length of the record, its unpacked size, the length of its compression and of its records.
  const places = [start + 1, start + 25, start + 37, start + 41];
  for (const lie of lies)
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes.writeBigUInt64LE(lie, place);
      const content = await readAny('mcap', bytes);
      expect(content, `${lie} at ${place}`).toMatchObject({ state: 'partial' });
      expect(content.messageCount).toBeLessThanOrEqual(40n);
    }
  const claimed = Buffer.from(whole);
  claimed.writeBigUInt64LE(2n ** 32n, start + 25);
  const { problem } = await readAny('mcap', claimed);
  expect(problem).toMatchObject({ reason: 'chunk_too_large', sentence: expect.stringContaining(`byte ${start}`) });
  expect(end).toBeLessThan(whole.length);
});

test('an MCAP footer that points anywhere gives the content all the same', async () => {
  const whole = await writeMcap();
  for (const lie of [1n, 8n, 100n, BigInt(whole.length), 2n ** 32n, 2n ** 64n - 1n]) {
    const bytes = Buffer.from(whole);
    bytes.writeBigUInt64LE(lie, bytes.length - 28);
    expect(await readAny('mcap', bytes), String(lie)).toMatchObject({ state: 'partial', messageCount: 40n });
  }
});

test('a bag whose lengths and counts lie allocates by no more than the file has', async () => {
  const whole = samples.find(({ name }) => name === 'example-lz4.bag')?.bytes ?? Buffer.alloc(0);
  const after = (name: string) => whole.indexOf(name) + name.length;
  const chunk = 13 + 8 + whole.readUInt32LE(13) + whole.readUInt32LE(13 + 4 + whole.readUInt32LE(13));
  const index = Number(whole.readBigUInt64LE(after('index_pos=')));
  const places = {
    'index position': after('index_pos='),
    connections: after('conn_count='),
    chunks: after('chunk_count='),
    'chunk header': chunk,
    'unpacked size': after('size='),
    'chunk data': chunk + 4 + whole.readUInt32LE(chunk),
    'index record': index,
    'data of an index record': index + 4 + whole.readUInt32LE(index),
  };
  for (const [name, place] of Object.entries(places))
    for (const lie of [0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fff0]) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32LE(lie, place);
      const content = await readAny('bag', bytes);
      // The lengths of a chunk's records matter to a scan only: the index tells the content without them.
      if (name !== 'unpacked size' && name !== 'chunk data') expect(content.state, `${name} of ${lie}`).toBe('partial');
    }
  const open = Buffer.from(whole.subarray(0, index));
  open.writeBigUInt64LE(0n, after('index_pos='));
  open.writeUInt32LE(0xffff_ffff, after('size='));
  expect(await readAny('bag', open)).toMatchObject({ problem: { reason: 'chunk_too_large' }, messageCount: 0n });
});

test('lengths of gigabytes in files of gigabytes are refused before they are allocated', async () => {
  const size = 2 ** 40;
  const compressChunk = (data: Uint8Array) => ({ compression: 'zstd', compressedData: data });
  const packed = await writeMcap({ ...UNINDEXED, compressChunk });
  const plain = await writeMcap(UNINDEXED);
  const message = await writeMcap({ ...UNINDEXED, useChunks: false });
  const bag = withoutIndex(samples.find(({ name }) => name === 'example-lz4.bag')?.bytes ?? Buffer.alloc(0));
  for (const bytes of [packed, plain]) bytes.writeBigUInt64LE(2n ** 32n, firstChunk(bytes).start + 1);
  const opcode = message.indexOf(Buffer.from([0x05, 46, 0, 0, 0, 0, 0, 0, 0]));
  message.writeBigUInt64LE(2n ** 32n, opcode + 1);
  const chunk = 13 + 8 + bag.readUInt32LE(13) + bag.readUInt32LE(13 + 4 + bag.readUInt32LE(13));
  bag.writeUInt32LE(0xffff_ffff, chunk + 4 + bag.readUInt32LE(chunk));
  expect(opcode).toBeGreaterThan(0);
  for (const [format, bytes, reason] of [
    ['mcap', packed, 'chunk_too_large'],
    ['mcap', message, 'chunk_too_large'],
    // Its records are read one by one, until what follows them is none.
    ['mcap', plain, 'file_damaged'],
    ['bag', bag, 'chunk_too_large'],
  ] as const) {
    const source = sparseSource(bytes.subarray(0, -37), size);
    expect((await readRecording(format, source)).problem).toMatchObject({ reason });
    expect(source.longest).toBeLessThanOrEqual(4 * 1024 * 1024);
  }
});
