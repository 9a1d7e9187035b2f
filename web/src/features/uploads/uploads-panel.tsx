import { ActionIcon, CloseButton, Group, Paper, Text } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { ActivityService } from '@muster/api/activity';
import { FileService } from '@muster/api/file';
import { RecordService } from '@muster/api/record';
import { UsageService } from '@muster/api/usage';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefresh } from '../../api/index.ts';
import { UploadLine } from './upload-line.tsx';
import { uploads, type UploadRow } from './uploads.ts';
import { useUploads } from './use-uploads.ts';
import classes from './uploads-panel.module.css';

/** As many lines as anybody reads; those that need a person come first. */
const MOST_LINES = 50;
const FIRST: Record<UploadRow['state'], number> = { failed: 0, paused: 1, running: 2, waiting: 3, done: 4 };

/** The one list of uploads, over every page of the console, as long as there are any. */
export function UploadsPanel() {
  const { t } = useTranslation();
  const rows = useUploads();
  const refresh = useRefresh();
  const [folded, fold] = useDisclosure(false);
  const done = rows.filter((row) => row.state === 'done').length;
  const open = rows.some((row) => row.state === 'running' || row.state === 'waiting');
  // Of a thousand small files the page asks once in a while and not a thousand times.
  const [settled] = useDebouncedValue(done, 300, { leading: true });
  useEffect(() => {
    if (settled > 0) void refresh(FileService, RecordService, ActivityService, UsageService);
  }, [settled, refresh]);
  useEffect(() => {
    if (!open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  }, [open]);
  if (rows.length === 0) return null;
  const lines = rows.toSorted((one, other) => FIRST[one.state] - FIRST[other.state]).slice(0, MOST_LINES);
  const label = folded ? t('uploads.unfold') : t('uploads.fold');
  return (
    <Paper component="section" aria-label={t('uploads.title')} withBorder className={classes['panel'] ?? ''}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} role="status">
          {t('uploads.summary', { done, count: rows.length })}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={label}
            aria-expanded={!folded}
            onClick={() => fold.toggle()}
          >
            {folded ? <IconChevronUp size={18} aria-hidden="true" /> : <IconChevronDown size={18} aria-hidden="true" />}
          </ActionIcon>
          {!open && <CloseButton aria-label={t('uploads.clear')} onClick={() => uploads.clear()} />}
        </Group>
      </Group>
      {!folded && (
        <ul className={classes['lines']}>
          {lines.map((row) => (
            <li key={row.id}>
              <UploadLine row={row} />
            </li>
          ))}
        </ul>
      )}
      {!folded && rows.length > lines.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('uploads.andMore', { count: rows.length - lines.length })}
        </Text>
      )}
    </Paper>
  );
}
