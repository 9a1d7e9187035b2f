import { ActionIcon, CloseButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { FileService } from '@muster/api/file';
import { RecordService } from '@muster/api/record';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefresh } from '../../api/index.ts';
import { formatBytes, formatDuration } from '../../ui/index.ts';
import { uploads, type UploadRow } from './uploads.ts';
import { useUploads } from './use-uploads.ts';
import classes from './uploads-panel.module.css';

/** The one list of uploads, over every page of the console, as long as there are any. */
export function UploadsPanel() {
  const { t } = useTranslation();
  const rows = useUploads();
  const refresh = useRefresh();
  const done = rows.filter((row) => row.state === 'done').length;
  const open = rows.some((row) => row.state === 'running' || row.state === 'waiting');
  useEffect(() => {
    if (done > 0) void refresh(FileService, RecordService);
  }, [done, refresh]);
  useEffect(() => {
    if (!open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  }, [open]);
  if (rows.length === 0) return null;
  return (
    <Paper component="section" aria-label={t('uploads.title')} withBorder p="md" className={classes['panel'] ?? ''}>
      <Group justify="space-between" mb="xs">
        <Text fw={600} role="status">
          {t('uploads.summary', { done, count: rows.length })}
        </Text>
        {!open && <CloseButton aria-label={t('uploads.clear')} onClick={() => uploads.clear()} />}
      </Group>
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map((row) => (
          <li key={row.id}>
            <UploadLine row={row} />
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

function UploadLine({ row }: { row: UploadRow }) {
  const { t } = useTranslation();
  const percent = row.size === 0 ? (row.state === 'done' ? 100 : 0) : (row.sent / row.size) * 100;
  const left = row.speed > 0 ? formatDuration(Math.ceil((row.size - row.sent) / row.speed)) : '';
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" className={classes['path'] ?? ''}>
          {row.path}
        </Text>
        <Controls row={row} />
      </Group>
      <Progress
        value={percent}
        aria-label={t('uploads.progress', { path: row.path })}
        color={row.state === 'failed' ? 'red' : row.state === 'done' ? 'green' : 'petrol'}
      />
      <Text size="xs" c="dimmed">
        {row.state === 'running' && left
          ? t('uploads.running', {
              sent: formatBytes(row.sent),
              size: formatBytes(row.size),
              speed: formatBytes(Math.round(row.speed)),
              left,
            })
          : t(`uploads.states.${row.state}`, { size: formatBytes(row.size) })}
      </Text>
      {row.problem && (
        <Text size="xs" c="red" role="alert">
          {row.problem.sentence}
        </Text>
      )}
    </Stack>
  );
}

function Controls({ row }: { row: UploadRow }) {
  const { t } = useTranslation();
  const { state, path, id } = row;
  if (state === 'done') return null;
  const going = state === 'running' || state === 'waiting';
  return (
    <Group gap={4} wrap="nowrap">
      {going && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('uploads.pause', { path })}
          onClick={() => uploads.pause(id)}
        >
          <IconPlayerPause size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {state === 'paused' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('uploads.resume', { path })}
          onClick={() => uploads.resume(id)}
        >
          <IconPlayerPlay size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {state === 'failed' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('uploads.retry', { path })}
          onClick={() => uploads.resume(id)}
        >
          <IconRefresh size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('uploads.cancel', { path })}
        onClick={() => uploads.cancel(id)}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  );
}
