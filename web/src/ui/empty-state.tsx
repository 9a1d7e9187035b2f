import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  /** One sentence: what is not here yet, or that nothing matches. */
  sentence: string;
  /** The way on: a create button, or "Clear filters". */
  action?: ReactNode;
}

/** What a page shows instead of nothing. */
export function EmptyState({ sentence, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="md" py="xl" px="md">
      <svg className={classes['picture']} viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">
        <path className={classes['line']} d="M12 52h72M24 52V26l24 20 24-20v26" />
        <circle className={classes['light']} cx="48" cy="18" r="5" />
        <path className={classes['line']} d="M48 8V4M36 18h-4M64 18h-4M40 10l-3-3M56 10l3-3" />
      </svg>
      <Text c="dimmed" ta="center" maw={420}>
        {sentence}
      </Text>
      {action}
    </Stack>
  );
}
