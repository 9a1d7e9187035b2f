import { authorize } from '../../platform/access/authorize.ts';
import { visibleProjects } from '../../platform/access/visible.ts';
import type { Context } from '../../platform/context.ts';
import { countProjects } from '../projects/index.ts';

export interface Counters {
  readonly projectCount: bigint;
  readonly recordCount: bigint;
  readonly deviceCount: bigint;
}

/**
 * Counters of the home page: the whole organization for its members; what they may open for external users and for
 * tokens that are bound to projects. Devices have no table yet.
 */
export async function getCounters(ctx: Context, organization: string): Promise<Counters> {
  const at = await authorize(ctx, 'profile.view', { organization });
  const isNarrow = at.facts.membership_role === 'external' || at.facts.project_ids !== null;
  const counts = await countProjects(ctx, at.organizationId, isNarrow ? visibleProjects(ctx, at.facts) : null);
  return { ...counts, deviceCount: 0n };
}
