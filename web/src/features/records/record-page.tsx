import { Alert, Anchor, Button, Group, Spoiler, Stack, Text } from '@mantine/core';
import { useQuery } from '@connectrpc/connect-query';
import { RecordService } from '@muster/api/record';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { idOf, Loaded, recordName } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { PageHeader } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { mayInProject, useProject } from '../projects/index.ts';
import { DropZone, PageDrop, uploads } from '../uploads/index.ts';
import { DeleteRecordDialog } from './delete-dialog.tsx';
import { EditRecordDialog } from './edit-dialog.tsx';
import { RecordFacts } from './facts.tsx';
import { FilesTable } from './files-table.tsx';
import { useRestoreRecord } from './use-restore.ts';

/** One record: its facts, its files, and what they hold. */
export function RecordPage() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const project = useProject();
  const { record: id = '' } = useParams();
  const restore = useRestoreRecord();
  const name = recordName(idOf(project.name), id);
  const query = useQuery(RecordService.method.getRecord, { name });
  return (
    <Loaded query={query} page>
      {(record) => {
        const deleted = record.deleteTime !== undefined;
        return (
          <Stack gap="md">
            <PageHeader
              title={record.title}
              trail={
                <Anchor component={Link} to={paths.records(organization.slug, project.slug)} size="sm">
                  {t('records.title')}
                </Anchor>
              }
              description={record.description && <RecordDescription text={record.description} />}
              actions={!deleted && <RecordActions />}
            />
            {deleted && (
              <Alert color="amber" variant="light">
                <Group justify="space-between">
                  {t('records.inTrash')}
                  {mayInProject(project, 'records.restoreFromTrash') && (
                    <Button size="compact-sm" variant="default" onClick={() => restore(record)}>
                      {t('records.restore')}
                    </Button>
                  )}
                </Group>
              </Alert>
            )}
            <RecordFacts record={record} />
            {!deleted && mayInProject(project, 'files.upload') && (
              <>
                <DropZone onFiles={(files) => uploads.add(record.name, files)} />
                <PageDrop
                  label={t('uploads.dropOnRecord', { title: record.title })}
                  onFiles={(files) => uploads.add(record.name, files)}
                />
              </>
            )}
            <FilesTable record={record} />
            <EditRecordDialog record={record} />
            <DeleteRecordDialog record={record} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function RecordActions() {
  const { t } = useTranslation();
  const project = useProject();
  const [, setDialog] = useUrlParam('dialog');
  return (
    <>
      {mayInProject(project, 'records.edit') && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden="true" />}
          onClick={() => setDialog('edit', 'push')}
        >
          {t('records.edit')}
        </Button>
      )}
      {mayInProject(project, 'records.delete') && (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden="true" />}
          onClick={() => setDialog('delete', 'push')}
        >
          {t('records.delete')}
        </Button>
      )}
    </>
  );
}

/** Long ones are folded; line breaks stay as they were typed. */
function RecordDescription({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <Spoiler maxHeight={110} showLabel={t('records.wholeDescription')} hideLabel={t('records.lessDescription')}>
      <Text size="sm" maw={760} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Spoiler>
  );
}
