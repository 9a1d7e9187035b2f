import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { searchWords } from '../../platform/text.ts';
import { listNewest } from './store.ts';
import type { EventRow } from './store.ts';

/** Events of an organization, newest first. Reading them is an event itself, once for each reading and not for each page. */
export async function listAuditEvents(
  ctx: Context,
  input: PageRequest & { organization: string; search: string },
): Promise<Page<EventRow>> {
  const { organizationId } = await authorize(ctx, 'audit.view', { organization: input.organization });
  const cursor = openCursor(ctx, 'audit', input);
  const rows = await listNewest(ctx, organizationId, {
    words: searchWords(input.search),
    before: cursor ? BigInt(cursor[0] ?? 0) : null,
    limit: pageSize(input) + 1,
  });
  if (!cursor)
    ctx.effects.emit({ event: 'audit.list', category: 'audit', target: `organizations/${organizationId}/auditEvents` });
  return toPage(ctx, 'audit', input, rows, (row) => [row.seq.toString()]);
}
