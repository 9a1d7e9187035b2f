import { expect, test } from 'vitest';
import { formatDecimal } from './decimal.ts';

test('bytes are shown in decimal units with two decimals', () => {
  expect(formatDecimal(0n)).toBe('0 B');
  expect(formatDecimal(999n)).toBe('999 B');
  expect(formatDecimal(1_470_835n)).toBe('1.47 MB');
  expect(formatDecimal(1_000_000_000n)).toBe('1.00 GB');
  expect(formatDecimal(9_999_000_000_000n)).toBe('9999.00 GB');
  expect(formatDecimal(10_000_000_000_000n)).toBe('10.00 TB');
  expect(formatDecimal(-1_000n)).toBe('−1.00 kB');
});
