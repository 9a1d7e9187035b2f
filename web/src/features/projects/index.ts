export { mayInProject, useProject } from './current-project.ts';
export { ProjectOfAddress } from './project-of-address.tsx';
