import type { Project } from '@muster/api/project';
import { createContext, useContext } from 'react';

export const ProjectContext = createContext<Project | null>(null);

/** The project of the address. Only under the project layout. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error('useProject needs the project layout');
  return project;
}

/** Whether a permission of `spec/permissions.csv` in this project is the caller's. */
export const mayInProject = (project: Project, permission: string): boolean => project.permissions.includes(permission);
