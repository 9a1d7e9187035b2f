import { Button, Group } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/index.ts';
import classes from './frame.module.css';

/** Under the bar as long as the server does not answer: what stands below may be old. */
export function ConnectionLine() {
  const { t } = useTranslation();
  const lost = useSyncExternalStore(connection.subscribe, connection.isLost);
  return (
    <div role="status">
      {lost && (
        <Group className={classes['lost'] ?? ''} gap="sm" justify="center">
          <IconPlugConnectedX size={18} aria-hidden="true" />
          <span>{t('shell.connectionLost')}</span>
          <Button size="compact-sm" variant="white" color="dark" onClick={connection.retry}>
            {t('ui.retry')}
          </Button>
        </Group>
      )}
    </div>
  );
}
