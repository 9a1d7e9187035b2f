import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/index.ts';
import { NewOrganizationForm } from './new-form.tsx';

export function NewOrganizationPage() {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="lg" p={{ base: 'lg', sm: 'xl' }} maw={560} mx="auto" mt={{ base: 0, sm: 'xl' }}>
      <PageHeader title={t('organizations.createTitle')} description={t('organizations.createLine')} />
      <NewOrganizationForm />
    </Paper>
  );
}
