import { Avatar, Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { mayInOrganization, useOrganization } from '../features/organizations/index.ts';
import { paths } from '../paths.ts';
import { CopyButton, PageTabs } from '../ui/index.ts';

/** A tab needs its permission; without one it is for everybody who sees the frame. */
const TABS = [
  { id: 'projects', label: 'shell.tabs.projects', path: paths.organizationProjects, permission: 'organization.view' },
  { id: 'usage', label: 'shell.tabs.usage', path: paths.organizationUsage, permission: 'usage.view' },
  { id: 'audit', label: 'shell.tabs.audit', path: paths.organizationAudit, permission: 'audit.view' },
] as const;

/** The frame of Organization Management. */
export function ManagementLayout() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const drawn = TABS.filter((tab) => mayInOrganization(organization, tab.permission));
  return (
    <Stack gap="lg">
      <Group gap="md" wrap="nowrap">
        <Avatar color="petrol" size="lg" radius="xl" name={organization.displayName} aria-hidden="true" />
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Text fw={650} size="lg" style={{ overflowWrap: 'anywhere' }}>
            {organization.displayName}
          </Text>
          <Group gap={4}>
            <Badge variant="default" tt="none" fw={500}>
              {organization.slug}
            </Badge>
            <CopyButton value={organization.slug} label={t('shell.copySlug')} />
          </Group>
        </Stack>
      </Group>
      <div>
        <PageTabs label={t('shell.management')}>
          {drawn.map((tab) => (
            <NavLink key={tab.id} to={tab.path(organization.slug)}>
              {t(tab.label)}
            </NavLink>
          ))}
        </PageTabs>
        <Outlet />
      </div>
    </Stack>
  );
}
