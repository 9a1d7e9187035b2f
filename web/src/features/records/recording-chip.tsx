import { Badge } from '@mantine/core';
import { RecordingState, type Recording } from '@muster/api/file';
import { useTranslation } from 'react-i18next';

/** Whether the content of a file is known. */
export function RecordingChip({ recording }: { recording: Recording | undefined }) {
  const { t } = useTranslation();
  if (!recording) return '–';
  switch (recording.state) {
    case RecordingState.READY:
      return (
        <Badge color="green" variant="light" tt="none">
          {t('records.files.ready', { count: recording.topics.length })}
        </Badge>
      );
    case RecordingState.PARTIAL:
      return (
        <Badge color="orange" variant="light" tt="none">
          {t('records.files.partial')}
        </Badge>
      );
    case RecordingState.FAILED:
      return (
        <Badge color="red" variant="light" tt="none">
          {t('records.files.failed')}
        </Badge>
      );
    default:
      return (
        <Badge color="gray" variant="light" tt="none">
          {t('records.files.pending')}
        </Badge>
      );
  }
}
