import { expect, test } from 'vitest';
import { formatBytes, table } from './output.ts';

test('columns line up and lines end without blanks', () => {
  expect(
    table(
      ['id', 'name'],
      [
        ['fp', 'First project'],
        ['second', 'B'],
      ],
    ),
  ).toBe('ID      NAME\nfp      First project\nsecond  B');
});

test('sizes are in binary units', () => {
  expect([
    formatBytes(0),
    formatBytes(1023),
    formatBytes(1024),
    formatBytes(1_470_835n),
    formatBytes(5n * 1024n ** 3n),
  ]).toEqual(['0 B', '1023 B', '1.00 KiB', '1.40 MiB', '5.00 GiB']);
});
