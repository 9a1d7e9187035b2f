import type { Database } from '../db/pools.ts';
import { chainHash, personDigest } from './chain.ts';

export interface Verdict {
  readonly rowCount: bigint;
  /** The first broken row; null when the chain holds. */
  readonly broken: { readonly seq: bigint; readonly reason: 'hash_mismatch' | 'gap' } | null;
}

const PAGE = 1000;

/**
 * Computes the chain of an organization again, from `from` to `to` (both included; null means the ends), a page at a
 * time. A row that was changed breaks its hash, one that was removed leaves a gap, and rows cut off at the end are
 * missed by the head of the chain.
 */
export async function verifyChain(
  db: Database,
  organizationId: string,
  from: bigint | null,
  to: bigint | null,
): Promise<Verdict> {
  const head = await db
    .selectFrom('event_chains')
    .select(['seq', 'hash'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  const last = head && to !== null && to < head.seq ? to : (head?.seq ?? 0n);
  let expected = from ?? 1n;
  let previous = expected > 1n ? await hashOf(db, organizationId, expected - 1n) : Buffer.alloc(32);
  let rowCount = 0n;
  while (expected <= last) {
    const rows = await page(db, organizationId, expected, last);
    if (rows.length === 0) return { rowCount, broken: { seq: expected, reason: 'gap' } };
    for (const row of rows) {
      if (row.seq !== expected) return { rowCount, broken: { seq: expected, reason: 'gap' } };
      if (!isIntact(row, organizationId, previous))
        return { rowCount, broken: { seq: row.seq, reason: 'hash_mismatch' } };
      previous = row.hash;
      expected += 1n;
      rowCount += 1n;
    }
  }
  if (head && last === head.seq && last > 0n && previous && !previous.equals(head.hash))
    return { rowCount, broken: { seq: last, reason: 'hash_mismatch' } };
  return { rowCount, broken: null };
}

type Row = Awaited<ReturnType<typeof page>>[number];

function isIntact(row: Row, organizationId: string, previous: Buffer | null): boolean {
  if (previous && !row.prev_hash.equals(previous)) return false;
  // A person may be erased; while the parts are there, they must be the ones that were hashed.
  if (
    row.salt &&
    !personDigest(row.salt, {
      name: row.name ?? '',
      email: row.email ?? '',
      networkAddress: row.network_address ?? '',
      client: row.client ?? '',
    }).equals(row.person_digest)
  )
    return false;
  const hash = chainHash(row.prev_hash, {
    organizationId,
    seq: row.seq,
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    personDigest: row.person_digest,
    via: row.via,
    category: row.category,
    event: row.event,
    outcome: row.outcome,
    reason: row.reason,
    target: row.target,
    targetName: row.target_name,
    projectId: row.project_id,
    projectName: row.project_name,
    changes: row.changes,
    requestId: row.request_id,
  });
  return hash.equals(row.hash);
}

async function hashOf(db: Database, organizationId: string, seq: bigint): Promise<Buffer | null> {
  const row = await db
    .selectFrom('events')
    .select('hash')
    .where('organization_id', '=', organizationId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.hash ?? null;
}

function page(db: Database, organizationId: string, from: bigint, to: bigint) {
  return db
    .selectFrom('events as e')
    .leftJoin('event_people as p', (join) =>
      join.onRef('p.organization_id', '=', 'e.organization_id').onRef('p.seq', '=', 'e.seq'),
    )
    .selectAll('e')
    .select(['p.salt', 'p.name', 'p.email', 'p.network_address', 'p.client'])
    .where('e.organization_id', '=', organizationId)
    .where('e.seq', '>=', from)
    .where('e.seq', '<=', to)
    .orderBy('e.seq')
    .limit(PAGE)
    .execute();
}
