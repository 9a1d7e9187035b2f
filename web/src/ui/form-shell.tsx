import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorLine } from './error-line.tsx';
import { ExplainedButton } from './explained-button.tsx';
import type { Problem } from './problem.ts';

interface FormShellProps {
  onSubmit: () => void;
  /** What the last try answered; null when it went well or none was made. Required: no form hides its error. */
  problem: Problem | null;
  pending: boolean;
  submitLabel: string;
  /** Why the form cannot be sent yet; the button is grey and says so. */
  blockedBy?: string | null;
  onCancel?: () => void;
  /** The button as wide as the form: for a form that is the whole page. */
  wide?: boolean;
  children: ReactNode;
}

/** Every form: fields, then the error, then the buttons. What was typed stays whatever the answer is. */
export function FormShell(props: FormShellProps) {
  const { onSubmit, problem, pending, submitLabel, blockedBy, onCancel, wide = false, children } = props;
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending && !blockedBy) onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        {problem && <ErrorLine problem={problem} quiet />}
        <Group justify="flex-end" gap="sm">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('ui.cancel')}
            </Button>
          )}
          <ExplainedButton size={wide ? 'md' : 'sm'} fullWidth={wide} pending={pending} blockedBy={blockedBy ?? null}>
            {submitLabel}
          </ExplainedButton>
        </Group>
      </Stack>
    </form>
  );
}
