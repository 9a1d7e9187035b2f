import { useInfiniteQuery } from '@connectrpc/connect-query';
import { RecordService } from '@muster/api/record';
import { keepPreviousData } from '@tanstack/react-query';
import { useProject } from '../projects/index.ts';

/** Records of the project, newest first, page by page; or those in its trash. */
export function useRecords(search: string, showDeleted: boolean) {
  const { name } = useProject();
  return useInfiniteQuery(
    RecordService.method.listRecords,
    { parent: name, search, showDeleted, pageSize: 50, pageToken: '' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}
