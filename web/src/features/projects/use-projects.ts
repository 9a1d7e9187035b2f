import { useInfiniteQuery } from '@connectrpc/connect-query';
import { ProjectService } from '@muster/api/project';
import { keepPreviousData } from '@tanstack/react-query';
import { organizationName } from '../../api/index.ts';
import { useOrganization } from '../organizations/index.ts';

/** Projects of the organization one may open, page by page; the old rows stay while a search reloads. */
export function useProjects(search: string, pageSize: number) {
  const { slug } = useOrganization();
  return useInfiniteQuery(
    ProjectService.method.listProjects,
    { parent: organizationName(slug), search, pageSize, pageToken: '' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

/** Whether there is no project at all: then the page shows one button, and nothing to search. */
export const isNothingYet = (data: { pages: { projects: unknown[] }[] } | undefined, search: string): boolean =>
  search === '' && data?.pages[0]?.projects.length === 0;
