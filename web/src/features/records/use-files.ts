import { useInfiniteQuery } from '@connectrpc/connect-query';
import { FileService, RecordingState } from '@muster/api/file';
import { RecordService, type Record } from '@muster/api/record';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRefresh } from '../../api/index.ts';

/** Files of a record, page by page. While one of them is being read, they are asked for again every second. */
export function useFiles(record: Record, search: string, showDeleted: boolean) {
  const refresh = useRefresh();
  const files = useInfiniteQuery(
    FileService.method.listFiles,
    { parent: record.name, search, showDeleted, pageSize: 100, pageToken: '' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
  const isReading = files.data?.pages.some((page) =>
    page.files.some((file) => file.recording?.state === RecordingState.PENDING),
  );
  useEffect(() => {
    if (!isReading) return;
    const timer = setInterval(() => void refresh(FileService.method.listFiles, RecordService.method.getRecord), 1000);
    return () => clearInterval(timer);
  }, [isReading, refresh]);
  return files;
}
