import type { ByteSource } from '../blobs/store.ts';
import { readBag } from './bag.ts';
import type { RecordingContent, RecordingFormat } from './content.ts';
import { readMcap } from './mcap.ts';

export type { RecordingContent, RecordingFormat } from './content.ts';

/** The format of a file that can hold messages, by its name; null for all others. */
export function recordingFormat(path: string): RecordingFormat | null {
  if (/\.mcap$/i.test(path)) return 'mcap';
  return /\.bag(\.active)?$/i.test(path) ? 'bag' : null;
}

/** Reads what a recording holds. Never throws for what is in the file: a broken one answers what was readable and why. */
export const readRecording = (format: RecordingFormat, source: ByteSource): Promise<RecordingContent> =>
  format === 'mcap' ? readMcap(source) : readBag(source);
