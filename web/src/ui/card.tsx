import { Group, Paper, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface CardProps {
  title: string;
  /** At the right end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A region of a page with a title of its own. */
export function Card({ title, actions, children }: CardProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} withBorder p={{ base: 'md', sm: 'lg' }}>
      <Group justify="space-between" gap="sm" mb="md" mih={36}>
        <Title id={id} order={2} size="h4">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
