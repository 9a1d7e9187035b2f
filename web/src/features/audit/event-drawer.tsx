import { Drawer, Stack, Title } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { AuditChange, AuditEvent } from '@muster/api/audit';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DataTable, formatUtc, type Column } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import classes from './event-drawer.module.css';

const changeColumns = (t: TFunction): Column<AuditChange>[] => [
  { id: 'field', header: t('audit.field'), isName: true, cell: (change) => change.field },
  { id: 'before', header: t('audit.before'), cell: (change) => change.before || '–' },
  { id: 'after', header: t('audit.after'), cell: (change) => change.after || '–' },
];

/** Every field of one event, in the drawer at `?event=`. */
export function EventDrawer({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const [, setOpen] = useUrlParam('event');
  const fields: [string, string][] = [
    [t('audit.columns.time'), event.time ? formatUtc(timestampDate(event.time)) : ''],
    [t('audit.columns.actor'), [event.actor, event.actorEmail].filter(Boolean).join(' · ') || event.actorKind],
    [t('audit.via'), event.via],
    [t('audit.columns.address'), event.networkAddress],
    [t('audit.client'), event.client],
    [t('audit.category'), event.category],
    [t('audit.reason'), event.reason],
    [t('audit.columns.target'), [event.targetDisplayName, event.target].filter(Boolean).join(' · ')],
    [t('audit.columns.project'), event.projectDisplayName],
    [t('ui.requestId'), event.requestId],
    [t('audit.sequence'), String(event.sequence)],
    [t('audit.hash'), event.hash],
    [t('audit.previousHash'), event.previousHash],
  ];
  return (
    <Drawer
      opened
      onClose={() => setOpen('')}
      position="right"
      size="lg"
      title={event.event}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack gap="md">
        <dl className={classes['fields']}>
          {fields
            .filter(([, value]) => value !== '')
            .map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
        </dl>
        {event.changes.length > 0 && (
          <>
            <Title order={3} size="h5">
              {t('audit.changes')}
            </Title>
            <DataTable
              label={t('audit.changes')}
              columns={changeColumns(t)}
              rows={event.changes}
              rowKey={(change) => change.field}
            />
          </>
        )}
      </Stack>
    </Drawer>
  );
}
