import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileSource, readRecording } from './index.ts';
import { fixture, INDEX_POSITION, memorySource, withoutIndex } from './samples.ts';

const read = (bytes: Uint8Array) => readRecording('bag', memorySource(bytes));

const TURTLES = [
  ['/rosout', 'rosgraph_msgs/Log', 10n],
  ['/tf', 'tf/tfMessage', 2688n],
  ['/tf_static', 'tf2_msgs/TFMessage', 1n],
  ['/turtle1/cmd_vel', 'geometry_msgs/Twist', 357n],
  ['/turtle1/color_sensor', 'turtlesim/Color', 1351n],
  ['/turtle1/pose', 'turtlesim/Pose', 1344n],
  ['/turtle2/cmd_vel', 'geometry_msgs/Twist', 208n],
  ['/turtle2/color_sensor', 'turtlesim/Color', 1344n],
  ['/turtle2/pose', 'turtlesim/Pose', 1344n],
];

test.for([
  ['example.bag', []],
  ['example-lz4.bag', ['lz4']],
  ['example-bz2.bag', ['bz2']],
] as const)('%s is the same by its index and by a scan', async ([name, compressions]) => {
  await using source = await fileSource(fixture(name));
  const indexed = await readRecording('bag', source);
  expect(indexed).toMatchObject({
    state: 'ready',
    format: 'bag',
    profile: 'ros1',
    indexed: true,
    startTime: 1_396_293_887_844_783_943n,
    endTime: 1_396_293_887_844_783_943n + 21_700_086_256n,
    messageCount: 8647n,
    outlierCount: 0n,
    chunkCount: 1,
    compressions,
    problem: null,
  });
  expect(indexed.topics.map(({ topic, schemaName, messageCount }) => [topic, schemaName, messageCount])).toEqual(
    TURTLES,
  );
  expect(indexed.bytesRead).toBeLessThan(60_000);

  const scanned = await read(withoutIndex(await readFile(fixture(name))));
  const untimed = scanned.topics.map((topic) => ({ ...topic, startTime: null, endTime: null }));
  expect({ ...scanned, indexed: true, topics: untimed, bytesRead: 0 }).toEqual({ ...indexed, bytesRead: 0 });
  expect(scanned.indexed).toBe(false);
  expect(scanned.topics.every(({ startTime, endTime }) => startTime !== null && endTime !== null)).toBe(true);
});

test('a bag of many chunks is described by its index', async () => {
  await using source = await fileSource(fixture('robot_localization_test1.bag'));
  const content = await readRecording('bag', source);
  expect(content).toMatchObject({
    indexed: true,
    chunkCount: 10,
    compressions: ['bz2'],
    messageCount: 16_806n,
    startTime: 1_432_235_498_025_043_042n,
    endTime: 1_432_235_498_025_043_042n + 395_307_116_140n,
  });
  expect(content.bytesRead).toBeLessThan(source.size / 20);
});

test('a bag without messages is ready and has no times', async () => {
  const content = await read(await readFile(fixture('no-messages.bag')));
  expect(content).toMatchObject({
    state: 'ready',
    messageCount: 0n,
    startTime: null,
    endTime: null,
    topics: [],
    problem: null,
  });
});

test('a bag that was never closed is scanned', async () => {
  const content = await read(await readFile(fixture('test_unindexed.bag')));
  expect(content).toMatchObject({ state: 'ready', indexed: false, messageCount: 14n, chunkCount: 1, problem: null });
  expect(content.endTime).toBe(1_700_000_003_500_000_000n);
  expect(content.topics.map(({ topic, messageCount }) => [topic, messageCount])).toEqual([
    ['/diagnostics_agg', 4n],
    ['/rosout_agg', 10n],
  ]);
});

test('a truncated bag shows the messages that are whole', async () => {
  const content = await read(await readFile(fixture('test_truncated.bag')));
  expect(content).toMatchObject({
    state: 'partial',
    indexed: false,
    messageCount: 3n,
    problem: { reason: 'file_truncated', sentence: expect.stringContaining('after 5992 bytes') },
  });
});

test('a bag cut off in its index, or right before it, is truncated and all is counted', async () => {
  const bag = await readFile(fixture('example-lz4.bag'));
  const index = Number(bag.readBigUInt64LE(bag.indexOf(INDEX_POSITION) + INDEX_POSITION.length));
  for (const cut of [index, index + 1, bag.length - 1])
    expect(await read(bag.subarray(0, cut)), `cut at ${cut}`).toMatchObject({
      state: 'partial',
      indexed: false,
      messageCount: 8647n,
      problem: { reason: 'file_truncated' },
    });
});

test('a damaged index is said, and everything is counted from the data', async () => {
  const bag = await readFile(fixture('example-lz4.bag'));
  const at = bag.indexOf('conn_count=') + 'conn_count='.length;
  bag.writeUInt32LE(bag.readUInt32LE(at) - 1, at);
  expect(await read(bag)).toMatchObject({
    state: 'partial',
    messageCount: 8647n,
    problem: { reason: 'file_damaged', sentence: expect.stringContaining('index') },
  });
});

test('an unknown compression ends the scan there', async () => {
  const bag = withoutIndex(await readFile(fixture('example-lz4.bag')));
  bag.write('lzx', bag.indexOf('compression=lz4') + 'compression='.length, 'latin1');
  expect(await read(bag)).toMatchObject({
    state: 'partial',
    messageCount: 0n,
    problem: { reason: 'compression_unsupported', sentence: expect.stringContaining('"lzx"') },
  });
});

test('messages of clocks that were not set are outliers, by index and by scan alike', async () => {
  const bag = await readFile(fixture('example.bag'));
  const whole = await read(bag);
  const time = Buffer.from('time=');
  // The first message of the chunk, its entry in the index records, and the start of the chunk in its information.
  const first = bag.indexOf(time) + time.length;
  const stamp = Buffer.from(bag.subarray(first, first + 8));
  for (let at = bag.indexOf(stamp); at >= 0; at = bag.indexOf(stamp, at + 8))
    if (at === first || bag.subarray(at - 11, at).equals(Buffer.from('start_time=')) || at > bag.length * 0.7)
      bag.fill(0, at, at + 8);
  const indexed = await read(bag);
  const scanned = await read(withoutIndex(bag));
  for (const content of [indexed, scanned]) {
    expect(content).toMatchObject({ state: 'ready', messageCount: 8647n, outlierCount: 1n, endTime: whole.endTime });
    expect(content.startTime).toBeGreaterThanOrEqual(whole.startTime ?? 0n);
  }
  expect(indexed.startTime).toBe(scanned.startTime);
  expect([indexed.indexed, scanned.indexed]).toEqual([true, false]);
});
