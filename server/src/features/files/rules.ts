import { Refusal } from '../../platform/errors.ts';

export const TRASH_DAYS = 7;
export const UPLOAD_DAYS = 7;
export const RESERVATION_HOURS = 24;
/** 5 TiB. */
export const LARGEST_FILE = 5n * 1024n ** 4n;

const PATH_BYTES = 1024;
const PART_BYTES = 255;

/**
 * The path of a file inside its record: UTF-8 in NFC, parts joined by single slashes, none of them `.` or `..`, without
 * backslashes, control characters and direction overrides. Throws `path_invalid`.
 */
export function cleanPath(text: string): string {
  const path = text.normalize('NFC');
  const parts = path.split('/');
  const bad =
    !path.isWellFormed() ||
    Buffer.byteLength(path) > PATH_BYTES ||
    /[\p{Cc}\\\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(path) ||
    parts.some((part) => part === '' || isDots(part) || Buffer.byteLength(part) > PART_BYTES);
  if (bad) throw new Refusal('path_invalid', { field: 'path' });
  return path;
}

/** `.` and `..`, also in signs that only look so: some system may take them for the real ones. */
const isDots = (part: string): boolean => /^\.{1,2}$/.test(part.normalize('NFKC'));

/** The folders above a path, outermost first. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** A resource name as a path of this host, each part percent-encoded. */
export const downloadPath = (name: string): string => `/files/${name.split('/').map(encodeURIComponent).join('/')}`;

export interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

/** First start, last end, and the length of the union of time ranges. */
export function unionOf(ranges: readonly Range[]): { start: bigint; end: bigint; length: bigint } | null {
  const sorted = ranges.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const [first] = sorted;
  if (!first) return null;
  let length = 0n;
  let { start, end } = first;
  for (const range of sorted) {
    if (range.start > end) {
      length += end - start;
      start = range.start;
      end = range.end;
    } else if (range.end > end) end = range.end;
  }
  return { start: first.start, end, length: length + end - start };
}
