import { useQuery } from '@connectrpc/connect-query';
import { useDebouncedValue } from '@mantine/hooks';
import { ProjectService } from '@muster/api/project';
import { skipToken } from '@tanstack/react-query';
import { organizationName } from '../../api/index.ts';
import { useOrganization } from '../organizations/index.ts';
import { proposeProjectSlug } from './slug.ts';

/** The slug proposed for a name; steps aside for the slugs in use that one may see. */
export function useProposedSlug(name: string): string {
  const { slug } = useOrganization();
  const [wanted] = useDebouncedValue(proposeProjectSlug(name, []), 300);
  const { data } = useQuery(
    ProjectService.method.listProjects,
    wanted ? { parent: organizationName(slug), search: wanted, pageSize: 100 } : skipToken,
  );
  return proposeProjectSlug(name, data?.projects.map((project) => project.slug) ?? []);
}
