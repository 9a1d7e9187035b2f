import { Paper } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Record } from '@muster/api/record';
import { useTranslation } from 'react-i18next';
import { Bytes, formatCount, formatDuration, Time } from '../../ui/index.ts';
import classes from './facts.module.css';

/** What is known of a record from its files. */
export function RecordFacts({ record }: { record: Record }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md">
      <dl className={classes['facts']}>
        <div>
          <dt>{t('records.columns.files')}</dt>
          <dd>{formatCount(record.fileCount)}</dd>
        </div>
        <div>
          <dt>{t('records.columns.size')}</dt>
          <dd>
            <Bytes value={record.byteSize} />
          </dd>
        </div>
        <div>
          <dt>{t('records.columns.duration')}</dt>
          <dd>{record.startTime ? formatDuration(record.playableSeconds) : '–'}</dd>
        </div>
        <div>
          <dt>{t('records.columns.start')}</dt>
          <dd>{record.startTime ? <Time value={timestampDate(record.startTime)} /> : '–'}</dd>
        </div>
        <div>
          <dt>{t('records.end')}</dt>
          <dd>{record.endTime ? <Time value={timestampDate(record.endTime)} /> : '–'}</dd>
        </div>
        <div>
          <dt>{t('records.columns.creator')}</dt>
          <dd>{record.creator}</dd>
        </div>
      </dl>
    </Paper>
  );
}
