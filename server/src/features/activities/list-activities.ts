import { authorize } from '../../platform/access/authorize.ts';
import { visibleProjects } from '../../platform/access/visible.ts';
import type { Context } from '../../platform/context.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { listNewest } from './store.ts';
import type { ActivityRow } from './store.ts';

/** What happened lately, newest first, in projects the reader may open. */
export async function listActivities(
  ctx: Context,
  input: PageRequest & { organization: string; mine: boolean },
): Promise<Page<ActivityRow>> {
  const { organizationId, facts } = await authorize(ctx, 'activities.view', { organization: input.organization });
  const list = `activities ${input.mine}`;
  const cursor = openCursor(ctx, list, input);
  const rows = await listNewest(ctx, organizationId, {
    visible: visibleProjects(ctx, facts),
    actorId: input.mine ? (ctx.caller?.accountId ?? null) : null,
    before: cursor ? BigInt(cursor[0] ?? 0) : null,
    limit: pageSize(input) + 1,
  });
  return toPage(ctx, list, input, rows, (row) => [row.seq.toString()]);
}
