import { Anchor, Button, Code, Group, Stack, Switch, Title } from '@mantine/core';
import type { File } from '@muster/api/file';
import type { Record } from '@muster/api/record';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../api/index.ts';
import {
  Bytes,
  CopyButton,
  DataTable,
  EmptyState,
  formatCount,
  MoreButton,
  SearchField,
  type Column,
} from '../../ui/index.ts';
import { useParamLink, useUrlParam } from '../../url-param.ts';
import { mayInProject, useProject } from '../projects/index.ts';
import { FilePanel } from './file-panel.tsx';
import { RecordingChip } from './recording-chip.tsx';
import { useFiles } from './use-files.ts';
import { useRestoreFile } from './use-restore.ts';

const columns = (t: TFunction, linkTo: (path: string) => string): Column<File>[] => [
  {
    id: 'path',
    header: t('records.files.path'),
    isName: true,
    cell: (file) => (
      <Anchor component={Link} to={linkTo(file.path)} preventScrollReset fw={600} style={{ overflowWrap: 'anywhere' }}>
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

const restoreColumn = (t: TFunction, restore: (file: File) => void): Column<File> => ({
  id: 'restore',
  header: t('records.restore'),
  cell: (file) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('records.restoreNamed', { title: file.path })}
      onClick={() => restore(file)}
    >
      {t('records.restore')}
    </Button>
  ),
});

/** Files of a record, or those of it that are in the trash, with a search over both. */
export function FilesTable({ record }: { record: Record }) {
  const { t } = useTranslation();
  const project = useProject();
  const [open] = useUrlParam('file');
  const [search, setSearch] = useUrlParam('search');
  const [trash, setTrash] = useUrlParam('trash');
  const linkTo = useParamLink('file');
  const restore = useRestoreFile();
  const files = useFiles(record, search, trash !== '');
  const rows = files.data?.pages.flatMap((page) => page.files) ?? [];
  const shown = rows.find((file) => file.path === open);
  const mayRestore = mayInProject(project, 'records.restoreVersion');
  const isPlain = !search && !trash;
  const sentence = search ? t('ui.noResult') : trash ? t('records.files.trashEmpty') : t('records.files.none');
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('records.columns.files')}
        </Title>
        <Group gap="md" wrap="nowrap" justify="flex-end" style={{ flex: '1 1 20rem' }}>
          {(mayRestore || trash) && (
            <Switch
              label={t('records.trash')}
              checked={trash !== ''}
              onChange={(event) => setTrash(event.currentTarget.checked ? '1' : '')}
            />
          )}
          {(rows.length > 0 || !isPlain) && (
            <SearchField label={t('records.files.search')} value={search} onChange={setSearch} />
          )}
        </Group>
      </Group>
      <Loaded query={files}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label={t('records.columns.files')}
              columns={trash && mayRestore ? [...columns(t, linkTo), restoreColumn(t, restore)] : columns(t, linkTo)}
              rows={rows}
              rowKey={(file) => `${file.name} ${file.sha256} ${String(file.deleteTime?.seconds ?? '')}`}
            />
          ) : (
            <EmptyState
              sentence={sentence}
              action={
                search && (
                  <Button variant="default" onClick={() => setSearch('')}>
                    {t('ui.clearFilters')}
                  </Button>
                )
              }
            />
          )
        }
      </Loaded>
      <MoreButton {...files} />
      {shown && <FilePanel file={shown} />}
    </Stack>
  );
}
