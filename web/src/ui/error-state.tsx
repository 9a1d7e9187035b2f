import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorLine } from './error-line.tsx';
import type { Problem } from './problem.ts';

interface ErrorStateProps {
  problem: Problem;
  onRetry: () => void;
}

/** In place of what could not be loaded: sentence, request id, Retry. */
export function ErrorState({ problem, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  return (
    <ErrorLine
      problem={problem}
      action={
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      }
    />
  );
}
