export { countProjects, findVisibleId } from './store.ts';
