import { create } from '@bufbuild/protobuf';
import { RecordSchema } from '@muster/api/record';
import { UsageOverviewSchema } from '@muster/api/usage';
import { expect, test } from 'vitest';
import { messageJson } from './json.ts';

test('64-bit numbers are numbers, also inside messages, and plain fields are always there', () => {
  const overview = create(UsageOverviewSchema, { storage: { bytes: 1_470_835n } });
  expect(messageJson(UsageOverviewSchema, overview)).toMatchObject({
    storage: { bytes: 1_470_835, trashBytes: 0 },
    ledgerPosition: 0,
  });
});

test('a number that a double cannot hold stays text, and text that looks like a number stays text', () => {
  const record = create(RecordSchema, { title: '42', byteSize: 2n ** 60n });
  expect(messageJson(RecordSchema, record)).toMatchObject({
    title: '42',
    byteSize: '1152921504606846976',
    fileCount: 0,
  });
});
