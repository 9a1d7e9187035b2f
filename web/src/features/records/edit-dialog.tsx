import { Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@connectrpc/connect-query';
import { RecordService, type Record } from '@muster/api/record';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, useRefresh } from '../../api/index.ts';
import { Dialog, FormShell } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';

/** The dialog at `?dialog=edit`. */
export function EditRecordDialog({ record }: { record: Record }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useUrlParam('dialog');
  const close = () => setDialog('');
  return (
    <Dialog opened={dialog === 'edit'} onClose={close} title={t('records.editTitle')} size="lg">
      <EditRecordForm record={record} onClose={close} />
    </Dialog>
  );
}

/** Sends the version it was opened with: when somebody else was faster, theirs is shown and what was typed stays. */
function EditRecordForm({ record, onClose }: { record: Record; onClose: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [version, setVersion] = useState(record.version);
  const [title, setTitle] = useState(record.title);
  const [description, setDescription] = useState(record.description);
  const mutation = useMutation(RecordService.method.updateRecord, {
    onSuccess: async () => {
      onClose();
      await refresh(RecordService);
    },
    onError: () => refresh(RecordService),
  });
  const problem = mutation.error ? problemOf(mutation.error) : null;
  const stale = problem?.reason === 'version_conflict';
  const submit = () => {
    const sent = stale ? record.version : version;
    setVersion(sent);
    mutation.mutate({
      record: { name: record.name, title: title.trim(), description, version: sent },
      updateMask: { paths: ['title', 'description'] },
    });
  };
  return (
    <FormShell
      onSubmit={submit}
      onCancel={onClose}
      problem={problem}
      pending={mutation.isPending}
      submitLabel={stale ? t('records.saveOver') : t('records.save')}
      blockedBy={title.trim() ? null : t('records.needsTitle')}
    >
      <TextInput
        required
        data-autofocus
        label={t('records.columns.title')}
        maxLength={255}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('records.description')}
        maxLength={20_000}
        autosize
        minRows={3}
        maxRows={12}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {stale && <Text size="sm">{t('records.theirs', { title: record.title, description: record.description })}</Text>}
    </FormShell>
  );
}
