export { addAccessToken } from './store.ts';
