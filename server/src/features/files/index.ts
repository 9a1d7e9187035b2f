export { acceptPart } from './accept-part.ts';
export { beginUpload } from './begin-upload.ts';
export { checkUpload } from './check-upload.ts';
export type { UploadView } from './check-upload.ts';
export { endUpload } from './end-upload.ts';
export { openDownload } from './open-download.ts';
export { readRecordingOf } from './read-recording.job.ts';
export { restoreFilesOfRecord, trashFilesOfRecord } from './record-trash.ts';
export { sweep, sweepOrphans } from './sweep.job.ts';
