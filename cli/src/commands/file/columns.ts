import { RecordingState } from '@muster/api/file';
import type { File } from '@muster/api/file';
import { enumName, formatBytes } from '../../output.ts';
import type { Columns } from '../../output.ts';

export const fileColumns: Columns<File> = [
  ['path', (file) => file.path],
  ['size', (file) => formatBytes(file.byteSize)],
  ['sha256', (file) => file.sha256.slice(0, 12)],
  ['content', (file) => (file.recording ? enumName(RecordingState, file.recording.state) : '-')],
  ['topics', (file) => (file.recording ? String(file.recording.topics.length) : '-')],
  ['messages', (file) => (file.recording ? String(file.recording.messageCount) : '-')],
  ['seconds', (file) => (file.recording ? file.recording.durationSeconds.toFixed(1) : '-')],
  ['problem', (file) => file.recording?.problem ?? ''],
];
