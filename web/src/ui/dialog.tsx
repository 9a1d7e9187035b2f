import { Group, Modal, type MantineSize } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: MantineSize;
  children: ReactNode;
}

/** A dialog with a title and a cross. Its head is no `header`: that would be a second banner of the page. */
export function Dialog({ opened, onClose, title, size = 'md', children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
      <Modal.Overlay backgroundOpacity={0.45} blur={2} />
      <Modal.Content>
        <Group className={classes['head'] ?? ''} justify="space-between" wrap="nowrap">
          <Modal.Title fz="lg" fw={650} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Modal.Title>
          <Modal.CloseButton aria-label={t('ui.close')} />
        </Group>
        <Modal.Body p="lg" pt="xs">
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
