import { Anchor } from '@mantine/core';
import { useQuery } from '@connectrpc/connect-query';
import { ProjectService } from '@muster/api/project';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { idOf, organizationName } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { useOrganization } from '../organizations/index.ts';

/** Draws a project by its resource name: its name as a link if one may open it, else its id. */
export function useProjectLink(): (name: string) => ReactNode {
  const { slug } = useOrganization();
  const { data } = useQuery(ProjectService.method.listProjects, { parent: organizationName(slug), pageSize: 1000 });
  return (name) => {
    const project = data?.projects.find((one) => one.name === name);
    if (!project) return name ? idOf(name) : '–';
    return (
      <Anchor component={Link} to={paths.project(slug, project.slug)} inherit>
        {project.displayName}
      </Anchor>
    );
  };
}
