import { ActionIcon, Anchor, Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface MeterCardProps {
  title: string;
  icon: ReactNode;
  /** The big number, with its unit. */
  value: string;
  /** What exactly is counted. */
  definition: string;
  lines: readonly string[];
  /** Where the rows behind the number are. */
  rows?: string;
}

/** One figure of Usage & Billing. */
export function MeterCard({ title, icon, value, definition, lines, rows }: MeterCardProps) {
  const { t } = useTranslation();
  return (
    <Paper component="section" aria-label={title} withBorder p="lg">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          {icon}
          <Title order={2} size="h5">
            {title}
          </Title>
        </Group>
        <Tooltip label={definition} multiline w={280} withArrow events={{ hover: true, focus: true, touch: true }}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('usage.definition', { title, definition })}>
            <IconHelp size={18} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Text fz={28} fw={650} mt="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Stack gap={2} mt={4}>
        {lines.map((line) => (
          <Text key={line} size="sm" c="dimmed">
            {line}
          </Text>
        ))}
        {rows && (
          <Anchor component={Link} to={rows} size="sm">
            {t('usage.showRows')}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}
