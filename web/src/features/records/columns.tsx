import { Anchor, Button } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Record } from '@muster/api/record';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import { idOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { Bytes, formatCount, formatDuration, Time, type Column } from '../../ui/index.ts';
import classes from './facts.module.css';

export const recordColumns = (t: TFunction, organization: string, project: string): Column<Record>[] => [
  {
    id: 'title',
    header: t('records.columns.title'),
    isName: true,
    cell: (record) => (
      <Anchor
        component={Link}
        to={paths.record(organization, project, idOf(record.name))}
        fw={600}
        style={{ overflowWrap: 'anywhere' }}
      >
        {record.title}
      </Anchor>
    ),
  },
  { id: 'files', header: t('records.columns.files'), align: 'right', cell: (record) => formatCount(record.fileCount) },
  {
    id: 'size',
    header: t('records.columns.size'),
    align: 'right',
    cell: (record) => <Bytes value={record.byteSize} />,
  },
  {
    id: 'duration',
    header: t('records.columns.duration'),
    align: 'right',
    cell: (record) =>
      record.startTime ? <span className={classes['whole']}>{formatDuration(record.playableSeconds)}</span> : '–',
  },
  {
    id: 'start',
    header: t('records.columns.start'),
    cell: (record) => (record.startTime ? <Time value={timestampDate(record.startTime)} /> : '–'),
  },
  { id: 'creator', header: t('records.columns.creator'), cell: (record) => record.creator },
  {
    id: 'created',
    header: t('records.columns.created'),
    cell: (record) => record.createTime && <Time value={timestampDate(record.createTime)} />,
  },
];

export const restoreColumn = (t: TFunction, restore: (record: Record) => void): Column<Record> => ({
  id: 'restore',
  header: t('records.restore'),
  cell: (record) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('records.restoreNamed', { title: record.title })}
      onClick={() => restore(record)}
    >
      {t('records.restore')}
    </Button>
  ),
});
