import { useQuery } from '@connectrpc/connect-query';
import { ProjectService } from '@muster/api/project';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loaded, projectName } from '../../api/index.ts';
import { withPart } from '../../paths.ts';
import { ProjectContext } from './current-project.ts';

interface ProjectOfAddressProps {
  /** The slug in the address. */
  slug: string;
  /** Puts the states before the project is there into the place of a page. */
  around: (state: ReactNode) => ReactNode;
  children: ReactNode;
}

/** Loads the project of the address. */
export function ProjectOfAddress({ slug, around, children }: ProjectOfAddressProps) {
  const location = useLocation();
  const project = useQuery(ProjectService.method.getProject, { name: projectName(slug) }, { staleTime: 30_000 });
  // An id, or a slug the project had before, leads to the address of today.
  const here = project.data?.slug;
  if (here && here !== slug) return <Navigate to={withPart(location, 2, here)} replace />;
  if (project.data) return <ProjectContext value={project.data}>{children}</ProjectContext>;
  return around(
    <Loaded query={project} page>
      {() => null}
    </Loaded>,
  );
}
