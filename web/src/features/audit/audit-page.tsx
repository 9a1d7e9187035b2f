import { Button, Group, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@connectrpc/connect-query';
import { AuditService } from '@muster/api/audit';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, organizationName } from '../../api/index.ts';
import { DataTable, EmptyState, MoreButton, PageHeader, SearchField } from '../../ui/index.ts';
import { useParamLink, useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { auditColumns } from './columns.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { VerifyButton } from './verify-button.tsx';

/** The audit log: everything that happened, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const [search, setSearch] = useUrlParam('search');
  const [open] = useUrlParam('event');
  const linkTo = useParamLink('event');
  const query = useInfiniteQuery(
    AuditService.method.listAuditEvents,
    { parent: organizationName(organization.slug), search, pageSize: 50, pageToken: '' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      // Reading the log is an event itself: it is not read again behind one's back.
      refetchOnWindowFocus: false,
    },
  );
  const rows = query.data?.pages.flatMap((page) => page.auditEvents) ?? [];
  const shown = rows.find((row) => String(row.sequence) === open);
  // The address may name an event of a later page.
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const isFurtherDown = open !== '' && !shown && hasNextPage && !isFetching;
  useEffect(() => {
    if (isFurtherDown) void fetchNextPage();
  }, [isFurtherDown, fetchNextPage]);
  const clear = (
    <Button variant="default" onClick={() => setSearch('')}>
      {t('ui.clearFilters')}
    </Button>
  );
  return (
    <Stack gap="md">
      <PageHeader title={t('audit.title')} actions={<VerifyButton />} />
      <Group>
        <SearchField label={t('audit.search')} value={search} onChange={setSearch} />
      </Group>
      <Loaded query={query} page>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label={t('audit.title')}
              columns={auditColumns(t, linkTo)}
              rows={rows}
              rowKey={(row) => row.name}
            />
          ) : (
            <EmptyState sentence={t('ui.noResult')} action={clear} />
          )
        }
      </Loaded>
      <MoreButton {...query} />
      {shown && <EventDrawer event={shown} />}
    </Stack>
  );
}
