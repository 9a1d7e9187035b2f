import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const RECORD = 'projects/p/records/r';
const fileOf = (bytes: Uint8Array<ArrayBuffer>, lastModified = 1) => new File([bytes], 'a.mcap', { lastModified });
const bytes = () => new Uint8Array(3 * 1024 * 1024).fill(7);

test('the same file picked again has the same fingerprint', async () => {
  const one = await fingerprintOf(RECORD, 'a.mcap', fileOf(bytes()));
  expect(await fingerprintOf(RECORD, 'a.mcap', fileOf(bytes()))).toBe(one);
});

test('another record, path, change time, size, beginning or end gives another fingerprint', async () => {
  const changed = (at: number) => {
    const copy = bytes();
    copy[at] = 8;
    return copy;
  };
  const all = await Promise.all([
    fingerprintOf(RECORD, 'a.mcap', fileOf(bytes())),
    fingerprintOf('projects/p/records/other', 'a.mcap', fileOf(bytes())),
    fingerprintOf(RECORD, 'b.mcap', fileOf(bytes())),
    fingerprintOf(RECORD, 'a.mcap', fileOf(bytes(), 2)),
    fingerprintOf(RECORD, 'a.mcap', fileOf(bytes().subarray(1))),
    fingerprintOf(RECORD, 'a.mcap', fileOf(changed(0))),
    fingerprintOf(RECORD, 'a.mcap', fileOf(changed(3 * 1024 * 1024 - 1))),
  ]);
  expect(new Set(all).size).toBe(all.length);
});

test('files of a few bytes and of none have one too', async () => {
  const empty = await fingerprintOf(RECORD, 'a.mcap', fileOf(new Uint8Array(0)));
  expect(await fingerprintOf(RECORD, 'a.mcap', fileOf(new Uint8Array([1])))).not.toBe(empty);
});
