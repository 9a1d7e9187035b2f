import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PageHeaderProps {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Buttons at the right end; under the title on narrow screens. */
  actions?: ReactNode;
  /** A link to the page above this one. */
  trail?: ReactNode;
}

/** The one `h1` of a page; also names the browser tab. */
export function PageHeader({ title, description, actions, trail }: PageHeaderProps) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · Muster`);
  return (
    <Stack component="div" gap={6} mb="xs">
      {trail && (
        <Group component="nav" aria-label={t('ui.trail')} gap={6} fz="sm" c="dimmed">
          {trail}
          <span aria-hidden="true">{'/'}</span>
        </Group>
      )}
      <Group justify="space-between" align="flex-start" gap="md">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
          {title}
        </Title>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {description && (
        <Text component="div" c="dimmed" size="sm" style={{ overflowWrap: 'anywhere' }}>
          {description}
        </Text>
      )}
    </Stack>
  );
}
