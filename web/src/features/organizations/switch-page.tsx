import { useQuery } from '@connectrpc/connect-query';
import { Avatar, Badge, Box, Button, Stack, Text } from '@mantine/core';
import { OrganizationService, type Organization } from '@muster/api/organization';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { EmptyState, PageHeader, SearchField } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { roleLabel } from './role.ts';
import classes from './switch-page.module.css';

/** Fewer rows need no search. */
const SEARCH_ABOVE = 10;

export function SwitchPage() {
  const { t } = useTranslation();
  const list = useQuery(OrganizationService.method.listOrganizations, { pageSize: 1000 });
  const create = (
    <Button component={Link} to={paths.newOrganization()} leftSection={<IconPlus size={16} aria-hidden="true" />}>
      {t('organizations.new')}
    </Button>
  );
  return (
    <Box maw={680} mx="auto">
      <PageHeader title={t('organizations.title')} description={t('organizations.switchLine')} actions={create} />
      <Loaded query={list}>
        {({ organizations }) =>
          organizations.length === 0 ? (
            <EmptyState sentence={t('organizations.none')} action={create} />
          ) : (
            <Rows organizations={organizations} />
          )
        }
      </Loaded>
    </Box>
  );
}

function Rows({ organizations }: { organizations: Organization[] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useUrlParam('search');
  const wanted = search.toLowerCase();
  const shown = organizations.filter(({ displayName, slug }) =>
    `${displayName}\n${slug}`.toLowerCase().includes(wanted),
  );
  return (
    <Stack gap="sm">
      {organizations.length > SEARCH_ABOVE && (
        <SearchField label={t('organizations.search')} value={search} onChange={setSearch} />
      )}
      {shown.length === 0 && <EmptyState sentence={t('ui.noResult')} />}
      <Stack component="ul" gap="sm" p={0} m={0} className={classes['list'] ?? ''}>
        {shown.map((organization) => (
          <li key={organization.name}>
            <Link className={classes['row']} to={paths.home(organization.slug)}>
              <Avatar color="petrol" radius="xl" name={organization.displayName} aria-hidden="true" />
              <span className={classes['names']}>
                <Text component="span" display="block" fw={600} c="bright" truncate>
                  {organization.displayName}
                </Text>
                <Text component="span" display="block" size="sm" c="dimmed" truncate>
                  {organization.slug}
                </Text>
              </span>
              <Badge variant="default" tt="none" fw={500}>
                {roleLabel(t, organization.role)}
              </Badge>
            </Link>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
