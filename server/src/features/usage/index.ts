export { recountAll } from './recount.job.ts';
