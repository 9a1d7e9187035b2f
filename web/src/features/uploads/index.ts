export { DropZone } from './drop-zone.tsx';
export { PageDrop } from './page-drop.tsx';
export { uploads, type UploadFile } from './uploads.ts';
export { UploadsPanel } from './uploads-panel.tsx';
