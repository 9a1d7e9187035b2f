import { ProjectVisibility } from '@muster/api/project';
import type { Project } from '@muster/api/project';
import { enumName } from '../../output.ts';
import type { Columns } from '../../output.ts';

export const projectColumns: Columns<Project> = [
  ['id', (project) => project.slug],
  ['name', (project) => project.displayName],
  ['visibility', (project) => enumName(ProjectVisibility, project.visibility)],
  ['records', (project) => String(project.recordCount)],
  ['resource', (project) => project.name],
];
