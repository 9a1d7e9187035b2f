import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { paths } from '../../paths.ts';
import { PageTabs } from '../../ui/index.ts';

/** Around each page of Personal Settings. */
export function AccountTabs({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Box maw={860} mx="auto">
      <PageTabs label={t('account.settings')}>
        <NavLink to={paths.accountGeneral()}>{t('account.general')}</NavLink>
        <NavLink to={paths.accountSecurity()}>{t('account.security')}</NavLink>
      </PageTabs>
      {children}
    </Box>
  );
}
