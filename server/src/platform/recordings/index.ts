import type { ByteSource } from '../blobs/store.ts';
import { readBag } from './bag.ts';
import type { RecordingContent, RecordingFormat } from './content.ts';
import { readMcap } from './mcap.ts';
import { Reading } from './source.ts';

export type { ByteSource } from '../blobs/store.ts';
export type { RecordingContent, RecordingFormat } from './content.ts';
export { fileSource } from './source.ts';

/** The format of a file that can hold messages, by its name; null for all others. */
export function recordingFormat(path: string): RecordingFormat | null {
  if (/\.mcap$/i.test(path)) return 'mcap';
  return /\.bag(\.active)?$/i.test(path) ? 'bag' : null;
}

/**
 * Reads what a recording holds, by ranges; a file without index a piece at a time, in memory that does not grow with it.
 * Whatever is in the file, it answers: a broken one with what was readable and what is wrong. It throws only what the
 * source throws, and the reason of `signal`.
 */
export async function readRecording(
  format: RecordingFormat,
  source: ByteSource,
  { signal }: { signal?: AbortSignal } = {},
): Promise<RecordingContent> {
  signal?.throwIfAborted();
  const reading = new Reading(source, signal);
  const content = await (format === 'mcap' ? readMcap(reading) : readBag(reading));
  return content.build(reading.bytesRead);
}
