import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@connectrpc/connect-query';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { ActivityService } from '@muster/api/activity';
import { FileService, type File } from '@muster/api/file';
import { RecordService } from '@muster/api/record';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, useRefresh } from '../../api/index.ts';
import { Bytes, ConfirmDialog, CopyButton, SidePanel, Time } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { mayInProject, useProject } from '../projects/index.ts';
import classes from './facts.module.css';
import { RecordingContent } from './recording-content.tsx';

/** A name of its own in every language. */
const SHA = 'SHA-256';

/** One file and what it holds, in the drawer at `?file=`. */
export function FilePanel({ file }: { file: File }) {
  const { t } = useTranslation();
  const [, setOpen] = useUrlParam('file');
  return (
    <SidePanel onClose={() => setOpen('')} size="xl" title={file.path}>
      <Stack gap="md">
        {file.deleteTime ? (
          <Alert color="amber" variant="light">
            {t('records.files.inTrash')}
          </Alert>
        ) : (
          <FileActions file={file} onDeleted={() => setOpen('')} />
        )}
        <dl className={classes['facts']}>
          <div>
            <dt>{t('records.columns.size')}</dt>
            <dd>
              <Bytes value={file.byteSize} />
            </dd>
          </div>
          <div>
            <dt>{t('records.columns.creator')}</dt>
            <dd>{file.creator}</dd>
          </div>
          {file.createTime && (
            <div>
              <dt>{t('records.columns.created')}</dt>
              <dd>
                <Time value={timestampDate(file.createTime)} />
              </dd>
            </div>
          )}
          <div className={classes['long']}>
            <dt>{SHA}</dt>
            <dd>
              {file.sha256} <CopyButton value={file.sha256} label={t('records.files.copySha')} />
            </dd>
          </div>
        </dl>
        {file.recording && <RecordingContent recording={file.recording} />}
      </Stack>
    </SidePanel>
  );
}

function FileActions({ file, onDeleted }: { file: File; onDeleted: () => void }) {
  const { t } = useTranslation();
  const project = useProject();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const mutation = useMutation(FileService.method.deleteFile, {
    onSuccess: async () => {
      onDeleted();
      await refresh(FileService, RecordService, ActivityService);
    },
  });
  return (
    <Group gap="sm">
      {mayInProject(project, 'files.download') && (
        <Button
          component="a"
          href={file.downloadPath}
          download
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          {t('records.files.download')}
        </Button>
      )}
      {mayInProject(project, 'files.delete') && (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden="true" />}
          onClick={() => setAsking(true)}
        >
          {t('records.files.delete')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('records.files.deleteTitle')}
        confirmLabel={t('records.files.delete')}
        onConfirm={() => mutation.mutate({ name: file.name })}
        pending={mutation.isPending}
        problem={mutation.error ? problemOf(mutation.error) : null}
      >
        <Text>{t('records.files.deleteSentence', { path: file.path })}</Text>
      </ConfirmDialog>
    </Group>
  );
}
