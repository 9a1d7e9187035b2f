import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatTime, formatUtc } from './format.ts';

test('times are local with seconds, and exact in UTC', () => {
  expect(formatTime(new Date(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02 03:04:05');
  expect(formatUtc(new Date(Date.UTC(2026, 10, 24, 15, 4, 5, 67)))).toBe('2026-11-24T15:04:05.067Z');
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [1024 * 1024 - 1, '1 MiB'],
  [5n * 1024n ** 3n, '5 GiB'],
  [2n ** 60n, '1024 PiB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('counts have thousands marks', () => {
  expect(formatCount(1234567n)).toBe('1,234,567');
});

test.each([
  [0.25, '0.25 s'],
  [59.96, '60 s'],
  [60, '1 min 0 s'],
  [185, '3 min 5 s'],
  [7200, '2 h 0 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
