import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { AuditOutcome } from '@muster/api/audit';
import type { AuditService } from '@muster/api/audit';
import { parseOne } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { listAuditEvents } from './list-audit-events.ts';
import type { EventRow } from './store.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

const OUTCOMES = { done: AuditOutcome.DONE, refused: AuditOutcome.REFUSED, failed: AuditOutcome.FAILED } as const;

const toMessage = (row: EventRow) => ({
  name: `organizations/${row.organization_id}/auditEvents/${row.seq}`,
  sequence: row.seq,
  time: timestampFromDate(row.at),
  actorKind: row.actor_kind,
  actor: row.name ?? '',
  actorEmail: row.email ?? '',
  via: row.via,
  networkAddress: row.network_address ?? '',
  client: row.client ?? '',
  category: row.category,
  event: row.event,
  outcome: OUTCOMES[row.outcome],
  reason: row.reason,
  target: row.target,
  targetDisplayName: row.target_name,
  project: row.project_id ? `projects/${row.project_id}` : '',
  projectDisplayName: row.project_name,
  changes: changesOf(row.changes),
  requestId: row.request_id,
  hash: row.hash.toString('hex'),
  previousHash: row.prev_hash.toString('hex'),
});

function changesOf(json: unknown): { field: string; before: string; after: string }[] {
  if (!Array.isArray(json)) return [];
  return json.map((change: unknown) => {
    const text = (key: string): string =>
      typeof change === 'object' && change !== null && key in change ? String(Reflect.get(change, key)) : '';
    return { field: text('field'), before: text('before'), after: text('after') };
  });
}

export const auditService: ServiceOf<typeof AuditService> = {
  listAuditEvents: async (ctx, request) => {
    const { items, nextPageToken } = await listAuditEvents(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
    });
    return { auditEvents: items.map(toMessage), nextPageToken };
  },
  verifyAuditLog: async (ctx, request) => {
    const verdict = await verifyAuditLog(ctx, {
      organization: parseOne('organizations/*', request.parent),
      from: request.fromSequence,
      to: request.toSequence,
    });
    return {
      complete: verdict.broken === null,
      rowCount: verdict.rowCount,
      brokenSequence: verdict.broken?.seq ?? 0n,
      brokenReason: verdict.broken?.reason ?? '',
    };
  },
};
