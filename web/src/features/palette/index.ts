export { openPalette, Palette } from './palette.tsx';
