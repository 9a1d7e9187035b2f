export { mayInProject, useProject } from './current-project.ts';
export { NewProjectDialog } from './new-project.tsx';
export { ProjectOfAddress } from './project-of-address.tsx';
export { ProjectsCard } from './projects-card.tsx';
export { useProjectLink } from './use-project-link.tsx';
export { VisibilityTag } from './visibility-tag.tsx';
