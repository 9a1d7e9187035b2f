import { ActionIcon, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration } from '../../ui/index.ts';
import { uploads, type UploadRow } from './uploads.ts';
import classes from './uploads-panel.module.css';

const COLORS = {
  waiting: 'petrol',
  running: 'petrol',
  stalled: 'orange',
  paused: 'gray',
  done: 'green',
  failed: 'red',
} as const;

/** One file: how far it is, and what can be done about it. */
export function UploadLine({ row }: { row: UploadRow }) {
  const { t } = useTranslation();
  const percent = row.size === 0 ? (row.state === 'done' ? 100 : 0) : (row.sent / row.size) * 100;
  const left = row.speed > 0 ? formatDuration(Math.ceil((row.size - row.sent) / row.speed)) : '';
  const state = row.isStalled ? 'stalled' : row.state;
  const words =
    state === 'running' && left
      ? t('uploads.running', {
          sent: formatBytes(row.sent),
          size: formatBytes(row.size),
          speed: formatBytes(Math.round(row.speed)),
          left,
        })
      : t(`uploads.states.${state}`, { size: formatBytes(row.size) });
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" className={classes['path'] ?? ''}>
          {row.path}
        </Text>
        <Controls row={row} />
      </Group>
      <Progress value={percent} aria-label={t('uploads.progress', { path: row.path })} color={COLORS[state]} />
      <Text size="xs" c="dimmed">
        {words}
      </Text>
      {row.problem && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
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
