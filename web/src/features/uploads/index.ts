export { DropZone } from './drop-zone.tsx';
export { droppedFiles } from './dropped-files.ts';
export { uploads, type UploadFile } from './uploads.ts';
export { UploadsPanel } from './uploads-panel.tsx';
