import { Button, Group, Stack, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../api/index.ts';
import { DataTable, EmptyState, MoreButton, PageHeader, SearchField } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { mayInProject, useProject } from '../projects/index.ts';
import { PageDrop, type UploadFile } from '../uploads/index.ts';
import { recordColumns, restoreColumn } from './columns.tsx';
import { CreateRecordDialog } from './create-dialog.tsx';
import { useRecords } from './use-records.ts';
import { useRestoreRecord } from './use-restore.ts';

/** The records of a project. Files dropped on it begin a new record. */
export function RecordsPage() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const project = useProject();
  const [search, setSearch] = useUrlParam('search');
  const [trash, setTrash] = useUrlParam('trash');
  const [, setNew] = useUrlParam('new');
  const [dropped, setDropped] = useState<UploadFile[]>([]);
  const records = useRecords(search, trash !== '');
  const restore = useRestoreRecord();
  const mayCreate = mayInProject(project, 'records.create');
  const columns = recordColumns(t, organization.slug, project.slug);
  const shown = trash ? [...columns, restoreColumn(t, restore)] : columns;
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setNew('record', 'push')}>
      {t('records.new')}
    </Button>
  );
  const drop = (files: UploadFile[]) => {
    setDropped(files);
    setNew('record', 'push');
  };
  return (
    <Stack gap="md">
      <PageHeader title={t('records.title')} actions={create} />
      {mayCreate && <PageDrop label={t('records.dropForNew')} onFiles={drop} />}
      <Group>
        <SearchField label={t('records.search')} value={search} onChange={setSearch} />
        {mayInProject(project, 'records.restoreFromTrash') && (
          <Switch
            label={t('records.trash')}
            checked={trash !== ''}
            onChange={(event) => setTrash(event.currentTarget.checked ? '1' : '')}
          />
        )}
      </Group>
      <Loaded query={records}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.records);
          if (rows.length > 0) {
            return (
              <DataTable label={t('records.title')} columns={shown} rows={rows} rowKey={(record) => record.name} />
            );
          }
          const clear = (
            <Button variant="default" onClick={() => setSearch('')}>
              {t('ui.clearFilters')}
            </Button>
          );
          if (search) return <EmptyState sentence={t('ui.noResult')} action={clear} />;
          return trash ? (
            <EmptyState sentence={t('records.trashEmpty')} />
          ) : (
            <EmptyState sentence={t('records.none')} action={create} />
          );
        }}
      </Loaded>
      <MoreButton {...records} />
      <CreateRecordDialog files={dropped} onClosed={() => setDropped([])} />
    </Stack>
  );
}
