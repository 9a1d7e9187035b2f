import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { McapWriter } from '@mcap/core';
import { expect, test } from 'vitest';
import { fileSource, readRecording, recordingFormat } from './index.ts';
import { fixture, memorySource, START, UNINDEXED } from './samples.ts';

test.for([
  ['run.mcap', 'mcap'],
  ['folder/RUN.MCAP', 'mcap'],
  ['run.bag', 'bag'],
  ['run.Bag.Active', 'bag'],
  ['run.mcap.txt', null],
  ['bag', null],
  ['mcap', null],
  ['run.db3', null],
] as const)('the name %s is of the format %s', ([path, format]) => {
  expect(recordingFormat(path)).toBe(format);
});

test('an error of the source is thrown, and is not taken for a damaged file', async () => {
  for (const [name, format] of [
    ['test_sample.mcap', 'mcap'],
    ['test_sample_truncated.mcap', 'mcap'],
    ['example.bag', 'bag'],
    ['test_truncated.bag', 'bag'],
  ] as const) {
    await using file = await fileSource(fixture(name));
    const whole = await readRecording(format, file);
    for (let fatal = 1; fatal <= 20; fatal += 1) {
      let reads = 0;
      const read = (offset: number, length: number) => {
        reads += 1;
        return reads === fatal ? Promise.reject(new Error('the disk is gone')) : file.read(offset, length);
      };
      const outcome = readRecording(format, { size: file.size, read });
      if (await outcome.then(() => false).catch(() => true)) await expect(outcome).rejects.toThrow('the disk is gone');
      else expect([reads < fatal, await outcome]).toEqual([true, whole]);
    }
  }
});

test('a source that gives few bytes at a time is read to its end', async () => {
  for (const [name, format] of [
    ['test_sample.mcap', 'mcap'],
    ['test_unindexed.bag', 'bag'],
  ] as const) {
    await using file = await fileSource(fixture(name));
    const read = (offset: number, length: number) => file.read(offset, Math.min(length, 100));
    expect(await readRecording(format, { size: file.size, read })).toEqual(await readRecording(format, file));
  }
});

test('a source that ends earlier than it said reads like a file that was cut off there', async () => {
  for (const [name, format] of [
    ['test_sample.mcap', 'mcap'],
    ['example.bag', 'bag'],
  ] as const) {
    const bytes = await readFile(fixture(name));
    for (const length of [0, 5, 20, 700, bytes.length - 1]) {
      const cut = memorySource(bytes.subarray(0, length));
      const early = { size: bytes.length, read: (offset: number, wanted: number) => cut.read(offset, wanted) };
      const content = await readRecording(format, early);
      expect(content, `${length} of ${name}`).toEqual({
        ...(await readRecording(format, cut)),
        bytesRead: content.bytesRead,
      });
      expect(content.problem?.reason).toBe(length < 13 ? 'format_unknown' : 'file_truncated');
    }
  }
});

test('reading stops when it is told to', async () => {
  await using file = await fileSource(fixture('test_unindexed.bag'));
  const stop = new AbortController();
  const read = (offset: number, length: number) => {
    stop.abort(new Error('enough'));
    return file.read(offset, length);
  };
  const outcome = readRecording('bag', { size: file.size, read }, { signal: stop.signal });
  await expect(outcome).rejects.toThrow('enough');
  await expect(readRecording('bag', file, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
});

test(
  'a big MCAP costs its summary when it has one, and little memory when it has none',
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-recording-'));
    try {
      const messages = 3_200;
      for (const [name, options] of [
        ['indexed.mcap', {}],
        ['unindexed.mcap', UNINDEXED],
      ] as const) {
        const path = join(folder, name);
        await writeBig(path, messages, options);
        const { size } = await stat(path);
        expect(size).toBeGreaterThan(200_000_000);
        await using source = await fileSource(path);
        let longest = 0;
        const read = (offset: number, length: number) => {
          longest = Math.max(longest, length);
          return source.read(offset, length);
        };
        const content = await readRecording('mcap', { size, read });
        expect(content).toMatchObject({
          state: 'ready',
          indexed: name === 'indexed.mcap',
          messageCount: BigInt(messages),
          startTime: START,
          endTime: START + BigInt(messages - 1) * 1_000_000n,
        });
        expect(longest).toBeLessThanOrEqual(4 * 1024 * 1024);
        if (content.indexed) expect(content.bytesRead).toBeLessThan(size / 100);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

async function writeBig(path: string, messages: number, options: Partial<typeof UNINDEXED>): Promise<void> {
  await using file = await open(path, 'w');
  let position = 0n;
  const writable = {
    position: () => position,
    write: async (bytes: Uint8Array) => {
      await file.writeFile(bytes);
      position += BigInt(bytes.length);
    },
  };
  const writer = new McapWriter({ writable, ...options });
  await writer.start({ profile: '', library: 'muster-test' });
  const channelId = await writer.registerChannel({
    schemaId: 0,
    topic: '/camera',
    messageEncoding: 'cdr',
    metadata: new Map(),
  });
  const data = Buffer.alloc(65_536, 7);
  for (let n = 0; n < messages; n += 1) {
    const logTime = START + BigInt(n) * 1_000_000n;
    await writer.addMessage({ channelId, sequence: n, logTime, publishTime: logTime, data });
  }
  await writer.end();
}
