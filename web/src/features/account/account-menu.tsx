import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowsExchange, IconBuilding, IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { mayInOrganization, useOrganizationIfAny } from '../organizations/index.ts';
import { useAccount, useSignOut } from '../session/index.ts';

const icon = { size: 16, 'aria-hidden': true } as const;

/** Behind the avatar: who one is, one's settings, other organizations, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const account = useAccount();
  const organization = useOrganizationIfAny();
  const signOut = useSignOut();
  const leave = () =>
    signOut.mutate(
      {},
      { onError: (error) => notifications.show({ color: 'red', message: problemOf(error).sentence }) },
    );
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
          <Avatar
            color="petrol"
            variant="filled"
            radius="xl"
            size={32}
            name={account.displayName || account.email}
            aria-hidden="true"
          />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text component="span" display="block" fw={600} size="sm" c="bright" truncate>
            {account.displayName}
          </Text>
          <Text component="span" display="block" size="xs" truncate>
            {organization?.displayName ?? account.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        {organization && mayInOrganization(organization, 'organization.view') && (
          <Menu.Item
            component={Link}
            to={paths.organizationProjects(organization.slug)}
            leftSection={<IconBuilding {...icon} />}
          >
            {t('account.management')}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to={paths.accountGeneral()} leftSection={<IconSettings {...icon} />}>
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.organizations()} leftSection={<IconArrowsExchange {...icon} />}>
          {t('account.switch')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave} leftSection={<IconLogout {...icon} />}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
