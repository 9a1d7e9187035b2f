import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Delayed } from './delayed.tsx';

interface LoadingRowsProps {
  rows?: number;
  /** Height of a row in pixels: as high as what will stand there. */
  height?: number;
}

/** Grey rows while something loads, after 200 ms of nothing. */
export function LoadingRows({ rows = 4, height = 44 }: LoadingRowsProps) {
  const { t } = useTranslation();
  return (
    <Delayed>
      <Stack gap="sm" role="status" aria-label={t('ui.loading')}>
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={height} radius="md" />
        ))}
      </Stack>
    </Delayed>
  );
}
