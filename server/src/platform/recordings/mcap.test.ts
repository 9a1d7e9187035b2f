import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileSource, readRecording } from './index.ts';
import { firstChunk, fixture, memorySource, START, UNINDEXED, writeMcap } from './samples.ts';

const read = (bytes: Uint8Array) => readRecording('mcap', memorySource(bytes));
const counts = (content: Awaited<ReturnType<typeof read>>) =>
  content.topics.map(({ topic, messageCount }) => [topic, messageCount]);

test('an indexed MCAP is described by its summary alone', async () => {
  await using source = await fileSource(fixture('robot_localization_test1.ros2.mcap'));
  const content = await readRecording('mcap', source);
  expect(content).toMatchObject({
    state: 'ready',
    format: 'mcap',
    profile: 'ros2',
    library: 'bag2mcap',
    indexed: true,
    startTime: 1_432_235_498_025_043_042n,
    endTime: 1_432_235_498_025_043_042n + 395_307_116_140n,
    messageCount: 16_806n,
    outlierCount: 0n,
    chunkCount: 15,
    compressions: ['zstd'],
    problem: null,
  });
  const row = { schemaEncoding: 'ros2msg', messageEncoding: 'cdr', startTime: null, endTime: null };
  expect(content.topics).toEqual([
    { ...row, topic: '/fix', schemaName: 'sensor_msgs/msg/NavSatFix', messageCount: 989n },
    { ...row, topic: '/husky_velocity_controller/odom', schemaName: 'nav_msgs/msg/Odometry', messageCount: 3952n },
    { ...row, topic: '/imu/data', schemaName: 'sensor_msgs/msg/Imu', messageCount: 11_865n },
  ]);
  expect(content.bytesRead).toBeLessThan(source.size / 100);
});

test('a scan finds what the summary says, and the times of each topic', async () => {
  const indexed = await read(await writeMcap());
  expect(indexed).toMatchObject({ state: 'ready', indexed: true, attachmentCount: 1, metadataCount: 1 });
  const scanned = await read(await writeMcap(UNINDEXED));
  expect(scanned).toMatchObject({ state: 'ready', indexed: false, problem: null });
  const untimed = scanned.topics.map((topic) => ({ ...topic, startTime: null, endTime: null }));
  expect({ ...scanned, indexed: true, topics: untimed, bytesRead: 0 }).toEqual({ ...indexed, bytesRead: 0 });
  expect(scanned.topics.map(({ topic, startTime, endTime }) => [topic, startTime, endTime])).toEqual([
    ['/fix', START + 100_000_000n, START + 3_900_000_000n],
    ['/odom', START, START + 3_800_000_000n],
  ]);
});

test.for([
  ['without statistics', { useStatistics: false }],
  ['without channels in its summary', { repeatChannels: false }],
  ['without schemas in its summary', { repeatSchemas: false }],
  ['without chunks or any summary', { ...UNINDEXED, useChunks: false }],
] as const)('an MCAP %s is scanned', async ([, options]) => {
  const content = await read(await writeMcap(options));
  expect(content).toMatchObject({ state: 'ready', indexed: false, messageCount: 40n });
  expect(counts(content)).toEqual([
    ['/fix', 20n],
    ['/odom', 20n],
  ]);
});

test('an MCAP without messages is ready and has no times', async () => {
  for (const options of [{}, UNINDEXED])
    expect(await read(await writeMcap(options, []))).toMatchObject({
      state: 'ready',
      messageCount: 0n,
      startTime: null,
      endTime: null,
    });
});

test('chunks of lz4 are unpacked in a scan', async () => {
  // A frame of one stored block: magic, flags, block size 4 MiB, header checksum; block length; end mark.
  const compressChunk = (data: Uint8Array) => {
    const block = Buffer.alloc(4);
    block.writeUInt32LE(0x8000_0000 + data.length);
    const compressedData = Buffer.concat([Buffer.from('04224d18607073', 'hex'), block, data, Buffer.alloc(4)]);
    return { compression: 'lz4', compressedData };
  };
  const content = await read(await writeMcap({ ...UNINDEXED, compressChunk }));
  expect(content).toMatchObject({ state: 'ready', compressions: ['lz4'], messageCount: 40n });
});

test('messages of clocks that were not set are outliers, by index and by scan alike', async () => {
  const late = 4_133_980_800_000_000_000n;
  const times = [0n, ...Array.from({ length: 38 }, (_, n) => START + BigInt(n)), late];
  for (const options of [{}, UNINDEXED, { useMessageIndex: false }, { chunkSize: 1_000_000 }]) {
    const content = await read(await writeMcap(options, times));
    expect(content, JSON.stringify(options)).toMatchObject({
      state: 'ready',
      startTime: START,
      endTime: START + 37n,
      messageCount: 40n,
      outlierCount: 2n,
    });
  }
});

test('a truncated MCAP shows the chunks that are whole', async () => {
  const content = await read(await readFile(fixture('test_sample_truncated.mcap')));
  expect(content).toMatchObject({
    state: 'partial',
    profile: 'ros2',
    indexed: false,
    startTime: 1_700_000_000_000_000_000n,
    endTime: 1_700_000_003_500_000_000n,
    problem: { reason: 'file_truncated', sentence: expect.stringContaining('after 1533 bytes') },
  });
  expect(counts(content)).toEqual([
    ['/diagnostics_agg', 4n],
    ['/rosout', 10n],
  ]);
});

test('a chunk that is not compressed and cut off shows the messages that are whole', async () => {
  const bytes = await writeMcap({ chunkSize: 1_000_000 });
  const content = await read(bytes.subarray(0, firstChunk(bytes).end - 1));
  expect(content).toMatchObject({ state: 'partial', messageCount: 39n, problem: { reason: 'file_truncated' } });
});

test('a chunk with a wrong checksum ends the scan there', async () => {
  const bytes = await writeMcap(UNINDEXED);
  const { start, end } = firstChunk(bytes);
  const next = firstChunk(Buffer.concat([bytes.subarray(0, 8), bytes.subarray(end)]));
  const second = end + next.start - 8;
  bytes.writeUInt8(bytes.readUInt8(end + next.end - 9) ^ 1, end + next.end - 9);
  const content = await read(bytes);
  expect(content).toMatchObject({ state: 'partial', problem: { reason: 'chunk_crc_mismatch' } });
  expect(content.problem?.sentence).toContain(`byte ${second}`);
  const before = await read(bytes.subarray(0, end));
  expect(before.messageCount).toBeGreaterThan(0n);
  expect(content.messageCount).toBe(before.messageCount);
  expect(second).toBeGreaterThan(start);
});

test.for(['snappy', 'constructor'])('chunks of the compression %s end the scan there', async (compression) => {
  const compressChunk = (data: Uint8Array) => ({ compression, compressedData: data });
  const content = await read(await writeMcap({ ...UNINDEXED, compressChunk }));
  expect(content).toMatchObject({
    state: 'partial',
    messageCount: 0n,
    problem: { reason: 'compression_unsupported', sentence: expect.stringContaining(`"${compression}"`) },
  });
});

test('a damaged summary is said, and everything is counted from the data', async () => {
  const whole = await writeMcap();
  const summary = Number(whole.readBigUInt64LE(whole.length - 28));
  for (let at = summary; at < whole.length - 37; at += 7) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x81, at);
    expect(await read(bytes), `byte ${at}`).toMatchObject({
      state: 'partial',
      indexed: false,
      messageCount: 40n,
      problem: { reason: 'file_damaged', sentence: expect.stringContaining('summary') },
    });
  }
});

test('zeros behind a file that was cut off are damage, found at once', async () => {
  const bytes = await writeMcap(UNINDEXED);
  const { end } = firstChunk(bytes);
  const content = await read(Buffer.concat([bytes.subarray(0, end), Buffer.alloc(20_000_000)]));
  expect(content.problem).toMatchObject({ reason: 'file_damaged', sentence: expect.stringContaining(`byte ${end}`) });
  expect(content.messageCount).toBeGreaterThan(0n);
  expect(content.bytesRead).toBeLessThan(10_000_000);
});
