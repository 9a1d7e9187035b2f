import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { verifyChain } from '../../platform/events/verify.ts';
import type { Verdict } from '../../platform/events/verify.ts';

/** Computes the chain again between two sequences (0n: from the start, to the end) and names the first broken row. */
export async function verifyAuditLog(
  ctx: Context,
  input: { organization: string; from: bigint; to: bigint },
): Promise<Verdict> {
  const { organizationId } = await authorize(ctx, 'audit.verify', { organization: input.organization });
  const verdict = await verifyChain(ctx.db, organizationId, input.from || null, input.to || null);
  ctx.effects.emit({
    event: 'audit.verify',
    category: 'audit',
    target: `organizations/${organizationId}/auditEvents`,
    ...(verdict.broken ? { outcome: 'failed', reason: verdict.broken.reason } : {}),
  });
  return verdict;
}
