import { Anchor, Code, Group, Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@connectrpc/connect-query';
import { FileService, RecordingState, type File } from '@muster/api/file';
import type { Record } from '@muster/api/record';
import { RecordService } from '@muster/api/record';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded, useRefresh } from '../../api/index.ts';
import { Bytes, CopyButton, DataTable, EmptyState, formatCount, MoreButton, type Column } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { FilePanel } from './file-panel.tsx';
import { RecordingChip } from './recording-chip.tsx';

const columns = (t: TFunction): Column<File>[] => [
  {
    id: 'path',
    header: t('records.files.path'),
    isName: true,
    cell: (file) => (
      <Anchor
        component={Link}
        to={`?file=${encodeURIComponent(file.path)}`}
        fw={600}
        style={{ overflowWrap: 'anywhere' }}
      >
        {file.path}
      </Anchor>
    ),
  },
  { id: 'size', header: t('records.columns.size'), align: 'right', cell: (file) => <Bytes value={file.byteSize} /> },
  {
    id: 'sha256',
    header: 'SHA-256',
    cell: (file) => (
      <Group gap={4} wrap="nowrap">
        <Code>{file.sha256.slice(0, 12)}</Code>
        <CopyButton value={file.sha256} label={t('records.files.copySha')} />
      </Group>
    ),
  },
  { id: 'content', header: t('records.files.content'), cell: (file) => <RecordingChip recording={file.recording} /> },
  {
    id: 'messages',
    header: t('records.files.messages'),
    align: 'right',
    cell: (file) => (file.recording ? formatCount(file.recording.messageCount) : '–'),
  },
];

/** Files of a record. While one of them is being read, the page asks again every second. */
export function FilesTable({ record }: { record: Record }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [open] = useUrlParam('file');
  const files = useInfiniteQuery(
    FileService.method.listFiles,
    { parent: record.name, pageSize: 100, pageToken: '' },
    { pageParamKey: 'pageToken', getNextPageParam: (last) => last.nextPageToken || undefined },
  );
  const rows = files.data?.pages.flatMap((page) => page.files) ?? [];
  const isReading = rows.some((file) => file.recording?.state === RecordingState.PENDING);
  useEffect(() => {
    if (!isReading) return;
    const timer = setInterval(() => void refresh(FileService.method.listFiles, RecordService.method.getRecord), 1000);
    return () => clearInterval(timer);
  }, [isReading, refresh]);
  const shown = rows.find((file) => file.path === open);
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('records.columns.files')}
      </Title>
      <Loaded query={files}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label={t('records.columns.files')}
              columns={columns(t)}
              rows={rows}
              rowKey={(file) => file.name}
            />
          ) : (
            <EmptyState sentence={t('records.files.none')} />
          )
        }
      </Loaded>
      <MoreButton {...files} />
      {shown && <FilePanel file={shown} />}
    </Stack>
  );
}
