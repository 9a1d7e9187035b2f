import { Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@connectrpc/connect-query';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { UsageService, type UsageRow } from '@muster/api/usage';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, organizationName } from '../../api/index.ts';
import { Card, CopyButton, DataTable, EmptyState, formatCount, MoreButton, Time, type Column } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { useProjectLink } from '../projects/index.ts';

const METERS = [
  { value: 'storage.live', label: 'usage.meters.live' },
  { value: 'storage.trash', label: 'usage.meters.trash' },
  { value: 'storage.freeing', label: 'usage.meters.freeing' },
] as const;

interface Line {
  row: UsageRow;
  /** The sum of this row and all before it. */
  total: bigint;
}

/** Newest first, so the sum of all pages is the running total of the first line. */
function linesOf(rows: readonly UsageRow[], sum: bigint): Line[] {
  let total = sum;
  return rows.map((row) => {
    const line = { row, total };
    total -= row.delta;
    return line;
  });
}

const signed = (delta: bigint): string =>
  `${delta > 0n ? '+' : delta < 0n ? '−' : ''}${formatCount(delta < 0n ? -delta : delta)}`;

const KINDS = {
  fact: 'usage.kinds.fact',
  reconcile: 'usage.kinds.reconcile',
  adjustment: 'usage.kinds.adjustment',
} as const;
const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

const columns = (t: TFunction, projectOf: (name: string) => ReactNode): Column<Line>[] => [
  { id: 'position', header: t('usage.columns.position'), isName: true, cell: ({ row }) => String(row.position) },
  {
    id: 'time',
    header: t('usage.columns.time'),
    cell: ({ row }) => row.time && <Time value={timestampDate(row.time)} />,
  },
  { id: 'project', header: t('usage.columns.project'), cell: ({ row }) => projectOf(row.project) },
  {
    id: 'sha256',
    header: 'SHA-256',
    cell: ({ row }) => (
      <Group gap={4} wrap="nowrap">
        <Code>{row.sha256.slice(0, 12)}</Code>
        <CopyButton value={row.sha256} label={t('usage.copySha')} />
      </Group>
    ),
  },
  { id: 'delta', header: t('usage.columns.change'), align: 'right', cell: ({ row }) => signed(row.delta) },
  { id: 'total', header: t('usage.columns.total'), align: 'right', cell: ({ total }) => formatCount(total) },
  {
    id: 'kind',
    header: t('usage.columns.kind'),
    cell: ({ row }) => (isKind(row.kind) ? t(KINDS[row.kind]) : row.kind),
  },
  {
    id: 'event',
    header: t('usage.columns.event'),
    cell: ({ row }) => (
      <Group gap={4} wrap="nowrap" style={{ minWidth: 0 }}>
        <Text size="xs" ff="monospace" truncate maw={120}>
          {row.eventId}
        </Text>
        <CopyButton value={row.eventId} label={t('usage.copyEvent')} />
      </Group>
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
  const projectOf = useProjectLink();
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
                count: Number(pages[0]?.totalCount ?? 0n),
                rows: formatCount(pages[0]?.totalCount ?? 0n),
                bytes: formatCount(pages[0]?.totalDelta ?? 0n),
              })}
            </Text>
            {(pages[0]?.totalCount ?? 0n) > 0n ? (
              <DataTable
                label={t('usage.rows')}
                columns={columns(t, projectOf)}
                rows={linesOf(
                  pages.flatMap((page) => page.rows),
                  pages[0]?.totalDelta ?? 0n,
                )}
                rowKey={({ row }) => String(row.position)}
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
