import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export const METERS = ['storage.live', 'storage.trash', 'storage.freeing'] as const;
export type Meter = (typeof METERS)[number];

export async function totals(ctx: Context, organizationId: string): Promise<Record<Meter, bigint>> {
  const rows = await ctx.db
    .selectFrom('usage_totals')
    .select(['meter', 'total'])
    .where('organization_id', '=', organizationId)
    .execute();
  return byMeter(rows);
}

function byMeter(rows: readonly { meter: string | null; total: bigint | null }[]): Record<Meter, bigint> {
  const of = (meter: Meter): bigint => rows.find((row) => row.meter === meter)?.total ?? 0n;
  return {
    'storage.live': of('storage.live'),
    'storage.trash': of('storage.trash'),
    'storage.freeing': of('storage.freeing'),
  };
}

export async function reservedBytes(ctx: Context, organizationId: string): Promise<bigint> {
  const row = await ctx.db
    .selectFrom('uploads')
    .select((eb) => eb.fn.sum<string | null>('byte_size').as('bytes'))
    .where('organization_id', '=', organizationId)
    .where('end_time', 'is', null)
    .where('reserve_until', '>', ctx.platform.clock.now())
    .executeTakeFirstOrThrow();
  return BigInt(row.bytes ?? 0);
}

export async function ledgerPosition(ctx: Context, organizationId: string): Promise<bigint> {
  const row = await ctx.db
    .selectFrom('event_chains')
    .select('ledger_position')
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row?.ledger_position ?? 0n;
}

/** The sums and the last ledger row that is in them: one statement, so one snapshot, and the two always belong together. */
export async function totalsAtPosition(
  ctx: Context,
  organizationId: string,
): Promise<{ sums: Record<Meter, bigint>; position: bigint }> {
  const rows = await ctx.db
    .selectFrom('event_chains as c')
    .leftJoin('usage_totals as t', 't.organization_id', 'c.organization_id')
    .select(['c.ledger_position', 't.meter', 't.total'])
    .where('c.organization_id', '=', organizationId)
    .execute();
  return { sums: byMeter(rows), position: rows[0]?.ledger_position ?? 0n };
}

export type LedgerRow = Awaited<ReturnType<typeof listNewest>>[number];

export function listNewest(
  ctx: Context,
  organizationId: string,
  options: { meter: string; upTo: bigint; before: bigint | null; limit: number },
) {
  let query = ctx.db
    .selectFrom('usage_ledger')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('meter', '=', options.meter)
    .where('position', '<=', options.upTo);
  if (options.before !== null) query = query.where('position', '<', options.before);
  return query.orderBy('position', 'desc').limit(options.limit).execute();
}

/** Number and sum of the rows of a meter up to a position. */
export async function sumUpTo(
  ctx: Context,
  organizationId: string,
  meter: string,
  upTo: bigint,
): Promise<{ count: bigint; delta: bigint }> {
  const row = await ctx.db
    .selectFrom('usage_ledger')
    .select((eb) => [eb.fn.countAll<bigint>().as('count'), eb.fn.sum<string | null>('delta').as('delta')])
    .where('organization_id', '=', organizationId)
    .where('meter', '=', meter)
    .where('position', '<=', upTo)
    .executeTakeFirstOrThrow();
  return { count: row.count, delta: BigInt(row.delta ?? 0) };
}

/** The gauges from first principles: what files and references say, not what the gauges' own columns remember. */
export async function recountGauges(ctx: Context, organizationId: string): Promise<Record<Meter, bigint>> {
  const { rows } = await sql<{ gauge: Meter; bytes: string }>`
    select gauge, sum(byte_size)::text as bytes from (
      select b.byte_size, case
        when bool_or(f.id is not null and f.delete_time is null and r.delete_time is null) then 'storage.live'
        when bool_or(f.id is not null) then 'storage.trash'
        else 'storage.freeing' end as gauge
      from blobs b
      left join files f on f.organization_id = b.organization_id and f.sha256 = b.sha256
      left join records r on r.organization_id = f.organization_id and r.id = f.record_id
      where b.organization_id = ${organizationId} and b.state is not null
      group by b.sha256, b.byte_size
    ) counted group by gauge`.execute(ctx.db);
  const of = (meter: Meter): bigint => BigInt(rows.find((row) => row.gauge === meter)?.bytes ?? 0);
  return {
    'storage.live': of('storage.live'),
    'storage.trash': of('storage.trash'),
    'storage.freeing': of('storage.freeing'),
  };
}

/** Makes the remembered sum of a meter what its ledger adds up to. The caller holds the chain. */
export async function setTotal(ctx: Context, organizationId: string, meter: Meter, total: bigint): Promise<void> {
  await ctx.db
    .insertInto('usage_totals')
    .values({ organization_id: organizationId, meter, total })
    .onConflict((oc) => oc.columns(['organization_id', 'meter']).doUpdateSet({ total }))
    .execute();
}

/** Holds every change of the organization's storage back until the recount is done. */
export async function lockChain(ctx: Context, organizationId: string): Promise<void> {
  await ctx.db
    .selectFrom('event_chains')
    .select('seq')
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .execute();
}

/** Organizations there are, or the one with this slug or id. Runs as the owner's view of slugs, which everybody may look up. */
export async function organizationIds(ctx: Context, slug: string | null): Promise<{ id: string; slug: string }[]> {
  let query = ctx.db.selectFrom('organization_slugs').select(['organization_id as id', 'slug']);
  if (slug !== null) query = query.where('slug', '=', slug);
  const rows = await query.orderBy('create_time').execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
