import { Alert, Stack, Title } from '@mantine/core';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { RecordingState, type Recording, type Topic } from '@muster/api/file';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DataTable, EmptyState, formatCount, formatDuration, Time, type Column } from '../../ui/index.ts';
import classes from './facts.module.css';

const columns = (t: TFunction, seconds: number): Column<Topic>[] => [
  { id: 'topic', header: t('records.files.topic'), isName: true, cell: (topic) => topic.topic },
  { id: 'type', header: t('records.files.type'), cell: (topic) => topic.schemaName || '–' },
  { id: 'encoding', header: t('records.files.encoding'), cell: (topic) => topic.messageEncoding || '–' },
  {
    id: 'count',
    header: t('records.files.messages'),
    align: 'right',
    cell: (topic) => formatCount(topic.messageCount),
  },
  {
    id: 'rate',
    header: t('records.files.rate'),
    align: 'right',
    cell: (topic) => (seconds > 0 ? `${(Number(topic.messageCount) / seconds).toFixed(1)} Hz` : '–'),
  },
];

const PROBLEMS = [
  'format_unknown',
  'file_truncated',
  'chunk_crc_mismatch',
  'compression_unsupported',
  'chunk_too_large',
  'file_damaged',
] as const;

/** The server's sentence is English and names the byte; in other languages its reason speaks. */
function problemSentence(t: TFunction, { problem, problemReason }: Recording): string {
  const known = PROBLEMS.find((reason) => reason === problemReason);
  return known ? t(`records.files.problems.${known}`) : problem;
}

/** What a recording holds: when, how written, and its topics. */
export function RecordingContent({ recording }: { recording: Recording }) {
  const { t, i18n } = useTranslation();
  if (recording.state === RecordingState.PENDING) return <EmptyState sentence={t('records.files.reading')} />;
  const facts: [string, React.ReactNode][] = [
    [t('records.files.format'), [recording.format, recording.profile].filter(Boolean).join(' · ')],
    [
      t('records.columns.start'),
      recording.startTime ? <Time key="start" value={timestampDate(recording.startTime)} /> : '–',
    ],
    [t('records.end'), recording.endTime ? <Time key="end" value={timestampDate(recording.endTime)} /> : '–'],
    [t('records.columns.duration'), recording.startTime ? formatDuration(recording.durationSeconds) : '–'],
    [t('records.files.messages'), formatCount(recording.messageCount)],
    [t('records.files.chunks'), [formatCount(recording.chunkCount), ...recording.compressions].join(' · ')],
    [t('records.files.library'), recording.library || '–'],
  ];
  return (
    <Stack gap="md">
      {recording.problem && (
        <Alert
          color={recording.state === RecordingState.FAILED ? 'red' : 'orange'}
          variant="light"
          icon={<IconAlertTriangle aria-hidden="true" />}
        >
          {i18n.language === 'en' ? recording.problem : problemSentence(t, recording)}
        </Alert>
      )}
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Title order={3} size="h5">
        {t('records.files.topics', { count: recording.topics.length })}
      </Title>
      {recording.topics.length > 0 && (
        <DataTable
          label={t('records.files.topic')}
          columns={columns(t, recording.durationSeconds)}
          rows={recording.topics}
          rowKey={(topic) => `${topic.topic} ${topic.schemaName}`}
        />
      )}
    </Stack>
  );
}
