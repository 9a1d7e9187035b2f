const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD HH:mm:ss` in the viewer's time zone. */
export function formatTime(time: Date): string {
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** RFC 3339 with milliseconds, in UTC: what a tooltip shows. */
export const formatUtc = (time: Date): string => time.toISOString();

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in the largest binary unit that leaves a figure of 1 or more, with at most two decimals: `1.5 MiB`. */
export function formatBytes(bytes: bigint | number): string {
  let value = Number(bytes);
  let unit = 0;
  // 1023.995 and above would round to 1024 of its unit.
  while (value >= 1023.995 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const figure = unit === 0 ? String(value) : String(Number(value.toFixed(2)));
  return `${figure} ${UNITS[unit] ?? 'B'}`;
}

/** A whole number with thousands marks: `1,234,567`. */
export const formatCount = (count: bigint | number): string => count.toLocaleString('en-US');

/** Seconds as a clock would say them: `42 s`, `3 min 5 s`, `2 h 0 min`. Parts of a second are kept below a minute. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(seconds < 10 ? 2 : 1))} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
