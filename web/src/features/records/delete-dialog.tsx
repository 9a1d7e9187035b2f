import { Text } from '@mantine/core';
import { useMutation } from '@connectrpc/connect-query';
import { ActivityService } from '@muster/api/activity';
import { FileService } from '@muster/api/file';
import { OrganizationService } from '@muster/api/organization';
import { RecordService, type Record } from '@muster/api/record';
import { useTranslation } from 'react-i18next';
import { problemOf, useRefresh } from '../../api/index.ts';
import { ConfirmDialog } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';

/** The dialog at `?dialog=delete`. */
export function DeleteRecordDialog({ record }: { record: Record }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useUrlParam('dialog');
  const refresh = useRefresh();
  const mutation = useMutation(RecordService.method.deleteRecord, {
    onSuccess: async () => {
      setDialog('');
      await refresh(RecordService, FileService, ActivityService, OrganizationService.method.getOrganizationCounters);
    },
  });
  return (
    <ConfirmDialog
      opened={dialog === 'delete'}
      onClose={() => setDialog('')}
      title={t('records.deleteTitle')}
      confirmLabel={t('records.delete')}
      onConfirm={() => mutation.mutate({ name: record.name })}
      pending={mutation.isPending}
      problem={mutation.error ? problemOf(mutation.error) : null}
    >
      <Text>{t('records.deleteSentence', { title: record.title })}</Text>
    </ConfirmDialog>
  );
}
