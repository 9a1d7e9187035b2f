import { formatCount } from '../../ui/index.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as a bill counts them, in steps of 1000 with two decimals: `412.07 GB`. */
export function formatDecimal(bytes: bigint): string {
  const negative = bytes < 0n;
  let value = Number(negative ? -bytes : bytes);
  let unit = 0;
  // TB only from 10 000 GB on.
  while (value >= (unit === 3 ? 10_000 : 1000) && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${negative ? '−' : ''}${unit === 0 ? formatCount(value) : value.toFixed(2)} ${UNITS[unit] ?? 'B'}`;
}
