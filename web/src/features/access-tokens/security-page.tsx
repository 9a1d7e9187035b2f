import { Button, Select } from '@mantine/core';
import { useQuery } from '@connectrpc/connect-query';
import { OrganizationService } from '@muster/api/organization';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../api/index.ts';
import { Card, EmptyState, PageHeader } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { AccountTabs } from '../account/index.ts';
import { CreateTokenDialog } from './create-dialog.tsx';
import { TokenTable } from './token-table.tsx';

/** `/account/security`: access tokens, of one organization at a time. */
export function SecurityPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useUrlParam('organization');
  const [, setNew] = useUrlParam('new');
  const query = useQuery(OrganizationService.method.listOrganizations, { pageSize: 1000 });
  return (
    <AccountTabs>
      <PageHeader title={t('account.security')} />
      <Loaded query={query}>
        {({ organizations }) => {
          const organization = organizations.find((one) => one.slug === chosen) ?? organizations[0];
          if (!organization) return <EmptyState sentence={t('tokens.noOrganization')} />;
          return (
            <Card
              title={t('tokens.title')}
              actions={<Button onClick={() => setNew('token', 'push')}>{t('tokens.generate')}</Button>}
            >
              <Select
                label={t('tokens.organization')}
                allowDeselect={false}
                maw={360}
                mb="md"
                data={organizations.map((one) => ({ value: one.slug, label: one.displayName }))}
                value={organization.slug}
                onChange={(slug) => setChosen(slug ?? '')}
              />
              <TokenTable organization={organization} />
              <CreateTokenDialog organization={organization} />
            </Card>
          );
        }}
      </Loaded>
    </AccountTabs>
  );
}
