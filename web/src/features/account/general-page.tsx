import { Select, Stack, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../../i18n/index.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.ts';
import { Card, PageHeader } from '../../ui/index.ts';
import { useAccount } from '../session/index.ts';
import { AccountTabs } from './account-tabs.tsx';
import classes from './general-page.module.css';

/** `/account/general`: who one is, and how the console looks in this browser. */
export function GeneralPage() {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <AccountTabs>
      <PageHeader title={t('account.general')} />
      <Stack gap="md">
        <Card title={t('account.profile')}>
          <dl className={classes['facts']}>
            <dt>{t('account.name')}</dt>
            <dd>{account.displayName}</dd>
            <dt>{t('account.email')}</dt>
            <dd>{account.email}</dd>
          </dl>
        </Card>
        <AppearanceCard />
      </Stack>
    </AccountTabs>
  );
}

function AppearanceCard() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes: { value: MantineColorScheme; label: string }[] = [
    { value: 'auto', label: t('account.schemes.auto') },
    { value: 'light', label: t('account.schemes.light') },
    { value: 'dark', label: t('account.schemes.dark') },
  ];
  return (
    <Card title={t('account.appearance')}>
      <Stack gap="md" maw={360}>
        <Select
          label={t('account.language')}
          allowDeselect={false}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={isLanguage(i18n.language) ? i18n.language : 'en'}
          onChange={(language) => isLanguage(language) && setLanguage(language)}
        />
        <Select
          label={t('account.scheme')}
          allowDeselect={false}
          data={schemes}
          value={colorScheme}
          onChange={(value) => {
            const scheme = schemes.find((candidate) => candidate.value === value);
            if (scheme) setColorScheme(scheme.value);
          }}
        />
        <Text size="sm" c="dimmed">
          {t('account.kept')}
        </Text>
      </Stack>
    </Card>
  );
}
