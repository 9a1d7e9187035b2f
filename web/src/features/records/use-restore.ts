import { useMutation } from '@connectrpc/connect-query';
import { notifications } from '@mantine/notifications';
import { FileService, type File } from '@muster/api/file';
import { ActivityService } from '@muster/api/activity';
import { OrganizationService } from '@muster/api/organization';
import { RecordService, type Record } from '@muster/api/record';
import { problemOf, useRefresh } from '../../api/index.ts';

/** Takes a record back out of the trash; a refusal is shown beside the page. */
export function useRestoreRecord(): (record: Record) => void {
  const refresh = useRefresh();
  const mutation = useMutation(RecordService.method.undeleteRecord, {
    onSuccess: () =>
      refresh(RecordService, FileService, ActivityService, OrganizationService.method.getOrganizationCounters),
    onError: (error) => notifications.show({ color: 'red', message: problemOf(error).sentence }),
  });
  return (record) => mutation.mutate({ name: record.name });
}

/** The same for one file. */
export function useRestoreFile(): (file: File) => void {
  const refresh = useRefresh();
  const mutation = useMutation(FileService.method.undeleteFile, {
    onSuccess: () => refresh(RecordService, FileService, ActivityService),
    onError: (error) => notifications.show({ color: 'red', message: problemOf(error).sentence }),
  });
  return (file) => mutation.mutate({ name: file.name });
}
