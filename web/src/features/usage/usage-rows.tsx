import { Code, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@connectrpc/connect-query';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { UsageService, type UsageRow } from '@muster/api/usage';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Loaded, organizationName } from '../../api/index.ts';
import { Card, DataTable, EmptyState, formatCount, MoreButton, Time, type Column } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';

const METERS = [
  { value: 'storage.live', label: 'usage.meters.live' },
  { value: 'storage.trash', label: 'usage.meters.trash' },
  { value: 'storage.freeing', label: 'usage.meters.freeing' },
] as const;

const columns = (t: TFunction): Column<UsageRow>[] => [
  { id: 'position', header: t('usage.columns.position'), isName: true, cell: (row) => String(row.position) },
  {
    id: 'time',
    header: t('usage.columns.time'),
    cell: (row) => row.time && <Time value={timestampDate(row.time)} />,
  },
  {
    id: 'delta',
    header: t('usage.columns.change'),
    align: 'right',
    cell: (row) => `${row.delta > 0n ? '+' : ''}${formatCount(row.delta)}`,
  },
  { id: 'kind', header: t('usage.columns.kind'), cell: (row) => row.kind },
  { id: 'sha256', header: 'SHA-256', cell: (row) => <Code>{row.sha256.slice(0, 12)}</Code> },
  {
    id: 'event',
    header: t('usage.columns.event'),
    cell: (row) => (
      <Text size="xs" style={{ overflowWrap: 'anywhere' }} maw={360}>
        {row.eventId}
      </Text>
    ),
  },
];

/** The ledger rows behind a number: their sum is that number, to the byte. */
export function UsageRows({ position }: { position: bigint }) {
  const { t } = useTranslation();
  const organization = useOrganization();
  const [meter, setMeter] = useUrlParam('meter');
  const shown = METERS.find(({ value }) => value === meter)?.value ?? 'storage.live';
  const query = useInfiniteQuery(
    UsageService.method.listUsageRows,
    {
      parent: organizationName(organization.slug),
      meter: shown,
      ledgerPosition: position,
      pageSize: 100,
      pageToken: '',
    },
    { pageParamKey: 'pageToken', getNextPageParam: (last) => last.nextPageToken || undefined },
  );
  const meters = METERS.map(({ value, label }) => ({ value, label: t(label) }));
  return (
    <Card
      title={t('usage.rows')}
      actions={
        <SegmentedControl
          aria-label={t('usage.meter')}
          data={meters}
          value={shown}
          onChange={(value) => setMeter(value)}
        />
      }
    >
      <Loaded query={query}>
        {({ pages }) => (
          <Stack gap="sm">
            <Text size="sm">
              {t('usage.sum', {
                rows: formatCount(pages[0]?.totalCount ?? 0n),
                bytes: formatCount(pages[0]?.totalDelta ?? 0n),
              })}
            </Text>
            {(pages[0]?.totalCount ?? 0n) > 0n ? (
              <DataTable
                label={t('usage.rows')}
                columns={columns(t)}
                rows={pages.flatMap((page) => page.rows)}
                rowKey={(row) => String(row.position)}
              />
            ) : (
              <EmptyState sentence={t('usage.noRows')} />
            )}
          </Stack>
        )}
      </Loaded>
      <MoreButton {...query} />
    </Card>
  );
}
