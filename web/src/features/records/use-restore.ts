import { useMutation } from '@connectrpc/connect-query';
import { notifications } from '@mantine/notifications';
import { FileService } from '@muster/api/file';
import { RecordService, type Record } from '@muster/api/record';
import { problemOf, useRefresh } from '../../api/index.ts';

/** Takes a record back out of the trash; a refusal is shown beside the page. */
export function useRestoreRecord(): (record: Record) => void {
  const refresh = useRefresh();
  const mutation = useMutation(RecordService.method.undeleteRecord, {
    onSuccess: () => refresh(RecordService, FileService),
    onError: (error) => notifications.show({ color: 'red', message: problemOf(error).sentence }),
  });
  return (record) => mutation.mutate({ name: record.name });
}
