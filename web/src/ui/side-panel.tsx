import { Drawer, Group, type MantineSize } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

interface SidePanelProps {
  onClose: () => void;
  title: string;
  size?: MantineSize;
  children: ReactNode;
}

/** A panel at the right end that shows one thing of a list; the list stays behind it. Its head is no `header`. */
export function SidePanel({ onClose, title, size = 'lg', children }: SidePanelProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={size}>
      <Drawer.Overlay backgroundOpacity={0.45} />
      <Drawer.Content>
        <Group className={classes['head'] ?? ''} justify="space-between" wrap="nowrap" align="flex-start">
          <Drawer.Title fz="lg" fw={650} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t('ui.close')} />
        </Group>
        <Drawer.Body p="lg" pt="xs">
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
