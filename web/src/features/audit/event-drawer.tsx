import { Group, Stack, Text, Title } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { AuditChange, AuditEvent } from '@muster/api/audit';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { CopyButton, DataTable, formatTime, formatUtc, SidePanel, type Column } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import classes from './event-drawer.module.css';
import { categoryOf, wayOf } from './words.ts';

const changeColumns = (t: TFunction): Column<AuditChange>[] => [
  { id: 'field', header: t('audit.field'), isName: true, cell: (change) => change.field },
  { id: 'before', header: t('audit.before'), cell: (change) => change.before || '–' },
  { id: 'after', header: t('audit.after'), cell: (change) => change.after || '–' },
];

/** The viewer's clock, and the exact moment. */
const bothTimes = (t: TFunction, time: Date): string =>
  t('audit.utc', { local: formatTime(time), utc: formatUtc(time).replace('T', ' ').replace('Z', '') });

/** Every field of one event, in the drawer at `?event=`. */
export function EventDrawer({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const [, setOpen] = useUrlParam('event');
  const fields: [string, string][] = [
    [t('audit.columns.time'), event.time ? bothTimes(t, timestampDate(event.time)) : ''],
    [t('audit.columns.actor'), [event.actor, event.actorEmail].filter(Boolean).join(' · ') || event.actorKind],
    [t('audit.via'), wayOf(t, event.via)],
    [t('audit.columns.address'), event.networkAddress],
    [t('audit.client'), event.client],
    [t('audit.category'), categoryOf(t, event.category)],
    [t('audit.reason'), event.reason],
    [t('audit.columns.target'), [event.targetDisplayName, event.target].filter(Boolean).join(' · ')],
    [t('audit.columns.project'), event.projectDisplayName],
    [t('ui.requestId'), event.requestId],
    [t('audit.sequence'), String(event.sequence)],
    [t('audit.hash'), event.hash],
    [t('audit.previousHash'), event.previousHash],
  ];
  // What is quoted to an operator or compared by a program.
  const copied = new Set([event.requestId, event.hash, event.previousHash]);
  return (
    <SidePanel onClose={() => setOpen('')} title={event.event}>
      <Stack gap="md">
        <dl className={classes['fields']}>
          {fields
            .filter(([, value]) => value !== '')
            .map(([name, value]) => [
              <dt key={`${name} name`}>{name}</dt>,
              <dd key={name}>
                {copied.has(value) ? (
                  <Group gap={4} wrap="nowrap" align="flex-start">
                    <Text inherit ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
                      {value}
                    </Text>
                    <CopyButton value={value} label={t('audit.copy', { name })} />
                  </Group>
                ) : (
                  value
                )}
              </dd>,
            ])}
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
    </SidePanel>
  );
}
