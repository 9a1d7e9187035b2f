import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ErrorLine } from './error-line.tsx';
import type { Problem } from './problem.ts';

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in words. */
  children: ReactNode;
  confirmLabel: string;
  onConfirm: () => void;
  pending: boolean;
  problem: Problem | null;
  /** When given, the button stays grey until this was typed. */
  typedName?: string;
}

/** Asks before something is taken away. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, confirmLabel, onConfirm, pending, problem, typedName } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <Stack gap="md">
        {children}
        {typedName && (
          <TextInput
            data-autofocus
            label={t('ui.typeToConfirm', { name: typedName })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {problem && <ErrorLine problem={problem} quiet />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>
            {t('ui.cancel')}
          </Button>
          <Button
            color="red"
            loading={pending}
            disabled={Boolean(typedName) && typed !== typedName}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
