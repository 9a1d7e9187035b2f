import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { UsageService } from '@muster/api/usage';
import { parseOne } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { getUsageOverview } from './get-usage-overview.ts';
import { listUsageRows } from './list-usage-rows.ts';
import type { LedgerRow } from './store.ts';

const toMessage = (row: LedgerRow) => ({
  position: row.position,
  time: timestampFromDate(row.at),
  meter: row.meter,
  source: row.source,
  eventId: row.event_id,
  kind: row.kind,
  delta: row.delta,
  project: row.project_id ? `projects/${row.project_id}` : '',
  sha256: row.sha256?.toString('hex') ?? '',
});

export const usageService: ServiceOf<typeof UsageService> = {
  getUsageOverview: async (ctx, request) => {
    const overview = await getUsageOverview(ctx, parseOne('organizations/*', request.parent));
    return {
      name: `organizations/${overview.organizationId}/usage`,
      storage: {
        bytes: overview.liveBytes,
        trashBytes: overview.trashBytes,
        freeingBytes: overview.freeingBytes,
        reservedBytes: overview.reservedBytes,
      },
      asOf: timestampFromDate(overview.asOf),
      ledgerPosition: overview.ledgerPosition,
    };
  },
  listUsageRows: async (ctx, request) => {
    const { items, nextPageToken, count, delta } = await listUsageRows(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
    });
    return { rows: items.map(toMessage), nextPageToken, totalCount: count, totalDelta: delta };
  },
};
