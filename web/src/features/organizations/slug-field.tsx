import { useQuery } from '@connectrpc/connect-query';
import { Group, Loader, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { OrganizationService } from '@muster/api/organization';
import { skipToken } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf, sentenceOf } from '../../api/index.ts';

// A character is one `ch` wide, so that the slug begins where its prefix ends.
const MONOSPACE = {
  fontFamily: 'var(--mantine-font-family-monospace)',
  fontSize: 'var(--mantine-font-size-sm)',
  justifyContent: 'flex-end',
} as const;

interface SlugFieldProps {
  value: string;
  onChange: (slug: string) => void;
}

/** The slug behind the host, asked for 400 ms after the last key: a tick, or why it cannot be had. */
export function SlugField({ value, onChange }: SlugFieldProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(value, 400);
  const check = useQuery(OrganizationService.method.checkOrganizationSlug, settled ? { slug: settled } : skipToken, {
    staleTime: 15_000,
  });
  const prefix = `${window.location.host}/`;
  const known = settled === value && value !== '';
  const refused = known && check.data?.reason ? sentenceOf(check.data.reason, check.data.message) : null;
  const free = known && check.data?.reason === '';
  const unknown = known && check.error ? problemOf(check.error).sentence : null;
  return (
    <TextInput
      required
      label={t('organizations.slug')}
      description={unknown ?? t('organizations.slugRule')}
      error={refused}
      maxLength={40}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
      leftSection={
        <Text inherit c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {prefix}
        </Text>
      }
      leftSectionWidth={`calc(${prefix.length}ch + 0.75rem)`}
      styles={{ input: MONOSPACE, section: MONOSPACE }}
      leftSectionPointerEvents="none"
      rightSectionWidth={36}
      rightSection={
        known && check.isFetching ? (
          <Loader size="xs" aria-label={t('organizations.checking')} />
        ) : free ? (
          <Group role="img" aria-label={t('organizations.slugFree')}>
            <IconCircleCheck size={20} color="var(--mantine-color-green-7)" aria-hidden="true" />
          </Group>
        ) : null
      }
    />
  );
}
