import { useInfiniteQuery } from '@connectrpc/connect-query';
import { ProjectService, type ProjectVisibility } from '@muster/api/project';
import { keepPreviousData } from '@tanstack/react-query';
import { organizationName } from '../../api/index.ts';
import { useOrganization } from '../organizations/index.ts';

/** Projects of the organization one may open, page by page; the old rows stay while a search reloads. */
export function useProjects(search: string, visibilities: ProjectVisibility[], pageSize: number) {
  const { slug } = useOrganization();
  return useInfiniteQuery(
    ProjectService.method.listProjects,
    { parent: organizationName(slug), search, visibilities, pageSize, pageToken: '' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}
