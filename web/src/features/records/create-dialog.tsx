import { Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@connectrpc/connect-query';
import { ActivityService } from '@muster/api/activity';
import { OrganizationService } from '@muster/api/organization';
import { RecordService } from '@muster/api/record';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { idOf, problemOf, useRefresh, useRequestKey } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { Dialog, FormShell } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { useProject } from '../projects/index.ts';
import { uploads, type UploadFile } from '../uploads/index.ts';

interface CreateRecordDialogProps {
  /** Files that were dropped on the list: they are uploaded once the record is there. */
  files: readonly UploadFile[];
  onClosed: () => void;
}

/** The dialog at `?new=record`. */
export function CreateRecordDialog({ files, onClosed }: CreateRecordDialogProps) {
  const { t } = useTranslation();
  const [what, setNew] = useUrlParam('new');
  const close = () => {
    setNew('');
    onClosed();
  };
  return (
    <Dialog opened={what === 'record'} onClose={close} title={t('records.createTitle')} size="lg">
      <CreateRecordForm files={files} onCancel={close} />
    </Dialog>
  );
}

/** `drives/night/a.bag` names a record `a`. */
const titleOf = (files: readonly UploadFile[]): string =>
  files[0]?.path
    .split('/')
    .at(-1)
    ?.replace(/\.(mcap|bag|bag\.active|db3)$/i, '')
    .slice(0, 255) ?? '';

function CreateRecordForm({ files, onCancel }: { files: readonly UploadFile[]; onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const organization = useOrganization();
  const project = useProject();
  const refresh = useRefresh();
  const key = useRequestKey();
  const [title, setTitle] = useState(() => titleOf(files));
  const [description, setDescription] = useState('');
  const mutation = useMutation(RecordService.method.createRecord, {
    onSuccess: async (record) => {
      if (files.length > 0) uploads.add(record.name, files);
      await navigate(paths.record(organization.slug, project.slug, idOf(record.name)));
      await refresh(RecordService, ActivityService, OrganizationService.method.getOrganizationCounters);
    },
    onError: key.refused,
  });
  return (
    <FormShell
      onSubmit={() =>
        mutation.mutate({ parent: project.name, title: title.trim(), description, requestId: key.current() })
      }
      onCancel={onCancel}
      problem={mutation.error ? problemOf(mutation.error) : null}
      pending={mutation.isPending}
      submitLabel={t('records.create')}
      blockedBy={title.trim() ? null : t('records.needsTitle')}
    >
      <TextInput
        required
        data-autofocus
        label={t('records.columns.title')}
        maxLength={255}
        autoComplete="off"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('records.description')}
        maxLength={20_000}
        autosize
        minRows={2}
        maxRows={8}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {files.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('records.willUpload', { count: files.length })}
        </Text>
      )}
    </FormShell>
  );
}
