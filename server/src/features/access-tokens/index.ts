export { LONGEST_DAYS, cleanTokenName, emitTokenEvent } from './rules.ts';
export { addAccessToken } from './store.ts';
