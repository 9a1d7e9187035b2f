export { countProjects } from './store.ts';
