import type { Context, Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { runAsSystem } from '../../platform/run.ts';
import { METERS, lockChain, organizationIds, recountGauges, setTotal, sumUpTo, totals } from './store.ts';
import type { Meter } from './store.ts';

export interface MeterCount {
  readonly meter: Meter;
  /** What the ledger says. */
  readonly ledger: bigint;
  /** What is really there. */
  readonly recount: bigint;
  readonly drift: bigint;
}

export interface OrganizationCount {
  readonly organizationId: string;
  readonly slug: string;
  readonly meters: readonly MeterCount[];
}

/**
 * Counts the storage of organizations again from their files, and books the difference where the ledger says
 * something else. A difference is a bug, so it is an error in the log too.
 */
export async function recountAll(
  platform: Platform,
  via: 'job' | 'console',
  slug: string | null,
): Promise<OrganizationCount[]> {
  const organizations = await runAsSystem(platform, via, 'recount', null, (ctx) => organizationIds(ctx, slug));
  const counts: OrganizationCount[] = [];
  for (const { id, slug: name } of organizations) {
    const meters = await runAsSystem(platform, via, 'recount', id, (ctx) => recountOne(ctx, id));
    counts.push({ organizationId: id, slug: name, meters });
  }
  return counts;
}

async function recountOne(ctx: Context, organizationId: string): Promise<MeterCount[]> {
  await lockChain(ctx, organizationId);
  const remembered = await totals(ctx, organizationId);
  const real = await recountGauges(ctx, organizationId);
  const counts: MeterCount[] = [];
  for (const meter of METERS) {
    const { delta: ledger } = await sumUpTo(ctx, organizationId, meter, BigInt(Number.MAX_SAFE_INTEGER));
    const drift = ledger - real[meter];
    if (drift !== 0n || remembered[meter] !== ledger) {
      ctx.platform.log.error(
        {
          organizationId,
          meter,
          ledger: ledger.toString(),
          total: remembered[meter].toString(),
          recount: real[meter].toString(),
        },
        'the recount differs from the ledger',
      );
      // Booking adds to the total, so the total must be the sum of the ledger before.
      await setTotal(ctx, organizationId, meter, ledger);
      ctx.effects.book({
        meter,
        source: 'recount',
        eventId: `recount/${newId()}`,
        kind: 'reconcile',
        delta: -drift,
        projectId: null,
        sha256: null,
        note: `the recount found ${real[meter]} bytes, the ledger said ${ledger}`,
      });
    }
    counts.push({ meter, ledger, recount: real[meter], drift });
  }
  return counts;
}
