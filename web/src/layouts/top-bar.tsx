import {
  ActionIcon,
  Group,
  Kbd,
  Text,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys, useOs } from '@mantine/hooks';
import { IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AccountMenu } from '../features/account/index.ts';
import { useOrganizationIfAny } from '../features/organizations/index.ts';
import { Palette } from '../features/palette/index.ts';
import { paths } from '../paths.ts';
import { Logo } from '../ui/index.ts';
import { LanguageMenu } from './language-menu.tsx';
import classes from './top-bar.module.css';

export function TopBar() {
  const { t } = useTranslation();
  const organization = useOrganizationIfAny();
  const [searching, palette] = useDisclosure(false);
  // From inside fields too, hence no tags to ignore.
  useHotkeys([['mod+K', palette.toggle]], []);
  const isMac = useOs() === 'macos';
  return (
    <header className={classes['bar']}>
      <Link
        className={classes['home']}
        to={organization ? paths.home(organization.slug) : paths.root()}
        aria-label={t('shell.home')}
      >
        <Logo size={28} />
      </Link>
      {organization && (
        <Text className={classes['organization'] ?? ''} size="sm" c="dimmed" truncate>
          {organization.displayName}
        </Text>
      )}
      <Group className={classes['right'] ?? ''} gap="xs" wrap="nowrap">
        <UnstyledButton
          className={classes['search'] ?? ''}
          onClick={palette.open}
          aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
        >
          <IconSearch size={16} aria-hidden="true" />
          <span className={classes['searchWords']}>
            {t('shell.search')}
            <Kbd size="xs" aria-hidden="true">
              {isMac ? t('shell.searchKeyMac') : t('shell.searchKey')}
            </Kbd>
          </span>
        </UnstyledButton>
        <LanguageMenu />
        <ColorSchemeButton />
        <AccountMenu />
      </Group>
      <Palette opened={searching} onClose={palette.close} />
    </header>
  );
}

function ColorSchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const label = scheme === 'dark' ? t('shell.toLight') : t('shell.toDark');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
