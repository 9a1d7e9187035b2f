import { Anchor } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { AuditEvent } from '@muster/api/audit';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import { Time, type Column } from '../../ui/index.ts';
import { OutcomeChip } from './outcome-chip.tsx';

export const auditColumns = (t: TFunction, linkTo: (sequence: string) => string): Column<AuditEvent>[] => [
  {
    id: 'time',
    header: t('audit.columns.time'),
    cell: (event) => event.time && <Time value={timestampDate(event.time)} />,
  },
  { id: 'actor', header: t('audit.columns.actor'), cell: (event) => event.actor || event.actorKind },
  {
    id: 'event',
    header: t('audit.columns.event'),
    isName: true,
    cell: (event) => (
      <Anchor component={Link} to={linkTo(String(event.sequence))} preventScrollReset fw={600}>
        {event.event}
      </Anchor>
    ),
  },
  { id: 'target', header: t('audit.columns.target'), cell: (event) => event.targetDisplayName || '–' },
  { id: 'project', header: t('audit.columns.project'), cell: (event) => event.projectDisplayName || '–' },
  { id: 'outcome', header: t('audit.columns.outcome'), cell: (event) => <OutcomeChip outcome={event.outcome} /> },
  { id: 'address', header: t('audit.columns.address'), cell: (event) => event.networkAddress || '–' },
];
