import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface MessagePageProps {
  title: string;
  sentence: string;
  actions?: ReactNode;
}

/** A page that has only one thing to say: not found, not permitted. */
export function MessagePage({ title, sentence, actions }: MessagePageProps) {
  useDocumentTitle(`${title} · Muster`);
  return (
    <Stack align="center" gap="sm" py={80} px="md">
      <Title order={1} size="h2" ta="center">
        {title}
      </Title>
      <Text c="dimmed" ta="center" maw={480}>
        {sentence}
      </Text>
      {actions && <Group mt="md">{actions}</Group>}
    </Stack>
  );
}
