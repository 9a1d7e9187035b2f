import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  value: string;
  /** What a screen reader says, such as "Copy slug". */
  label: string;
}

const ICONS = { idle: IconCopy, copied: IconCheck, failed: IconAlertCircle };

/** Copies, and says for a moment whether it did: with its icon, its tooltip, and aloud. */
export function CopyButton({ value, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<keyof typeof ICONS>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const words = { idle: label, copied: t('ui.copied'), failed: t('ui.copyFailed') }[state];
  const Icon = ICONS[state];
  return (
    <>
      <Tooltip label={words} {...(state !== 'idle' && { opened: true })}>
        <ActionIcon
          variant="subtle"
          color={state === 'copied' ? 'green' : state === 'failed' ? 'red' : 'gray'}
          size={24}
          aria-label={label}
          onClick={() => void copyText(value).then((copied) => setState(copied ? 'copied' : 'failed'))}
        >
          <Icon size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{state === 'idle' ? '' : words}</VisuallyHidden>
    </>
  );
}
