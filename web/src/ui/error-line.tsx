import { Alert, Code, Group, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';
import { isFault, type Problem } from './problem.ts';

interface ErrorLineProps {
  problem: Problem;
  /** Usually a Retry button. */
  action?: ReactNode;
  /** Beside a form: a refusal of what was typed explains itself and needs no request id. */
  quiet?: boolean;
}

/** A sentence about what went wrong, with the request id to quote. Read out as soon as it appears. */
export function ErrorLine({ problem, action, quiet = false }: ErrorLineProps) {
  const requestId = quiet && !isFault(problem) ? '' : problem.requestId;
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle aria-hidden="true" />} py="sm">
      <Text size="sm" c="bright" style={{ overflowWrap: 'anywhere' }}>
        {problem.sentence}
      </Text>
      {(requestId || action) && (
        <Group gap="xs" mt={6}>
          {requestId && (
            <Group gap={4} wrap="nowrap">
              <Text size="xs" c="dimmed">
                {t('ui.requestId')}
              </Text>
              <Code style={{ overflowWrap: 'anywhere' }}>{requestId}</Code>
              <CopyButton value={requestId} label={t('ui.copyRequestId')} />
            </Group>
          )}
          {action}
        </Group>
      )}
    </Alert>
  );
}
