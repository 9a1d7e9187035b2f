import { Anchor, Avatar, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { OrganizationRole } from '@muster/api/organization';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { CopyButton } from '../../ui/index.ts';
import { useAccount } from '../session/index.ts';
import { useOrganization } from './current-organization.ts';
import { roleLabel } from './role.ts';

/** Who one is here; the name of the organization is the heading of the page. */
export function IdentityCard() {
  const { t } = useTranslation();
  const account = useAccount();
  const organization = useOrganization();
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} h="100%">
      <Stack justify="space-between" h="100%" gap="md">
        <Group gap="md" wrap="nowrap">
          <Avatar color="petrol" variant="filled" size="lg" radius="xl" name={account.displayName} aria-hidden="true" />
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
              {organization.displayName}
            </Title>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('organizations.you', { name: account.displayName, role: roleLabel(t, organization.role) })}
            </Text>
            <Group gap={4}>
              <Text size="sm" c="dimmed" ff="monospace">
                {organization.slug}
              </Text>
              <CopyButton value={organization.slug} label={t('shell.copySlug')} />
            </Group>
          </Stack>
        </Group>
        {organization.role !== OrganizationRole.EXTERNAL && (
          <Anchor component={Link} to={paths.organizationProjects(organization.slug)} size="sm" fw={550}>
            <Group component="span" gap={6} display="inline-flex">
              {t('organizations.toManagement')}
              <IconArrowRight size={16} aria-hidden="true" />
            </Group>
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}
