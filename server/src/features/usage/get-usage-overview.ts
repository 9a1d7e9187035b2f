import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { reservedBytes, totalsAtPosition } from './store.ts';

export interface Overview {
  readonly organizationId: string;
  readonly liveBytes: bigint;
  readonly trashBytes: bigint;
  readonly freeingBytes: bigint;
  readonly reservedBytes: bigint;
  readonly asOf: Date;
  readonly ledgerPosition: bigint;
}

/** The cards of Usage & Billing, from the ledger. */
export async function getUsageOverview(ctx: Context, organization: string): Promise<Overview> {
  const { organizationId } = await authorize(ctx, 'usage.view', { organization });
  const { sums, position } = await totalsAtPosition(ctx, organizationId);
  return {
    organizationId,
    liveBytes: sums['storage.live'],
    trashBytes: sums['storage.trash'],
    freeingBytes: sums['storage.freeing'],
    reservedBytes: await reservedBytes(ctx, organizationId),
    asOf: ctx.platform.clock.now(),
    ledgerPosition: position,
  };
}
