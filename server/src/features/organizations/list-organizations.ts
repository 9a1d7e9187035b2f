import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { listByName } from './store.ts';
import type { MembershipRow } from './store.ts';

/** The organizations the caller is an active member of, by name. A token sees its own only. */
export async function listOrganizations(ctx: Context, request: PageRequest): Promise<Page<MembershipRow>> {
  const facts = await authorize(ctx, SIGNED_IN);
  if (!ctx.caller) throw new Refusal('login_required');
  const bound = ctx.request.credential.kind === 'token' ? facts.organization_id : null;
  const rows = await listByName(ctx, ctx.caller.accountId, {
    only: bound,
    after: openCursor(ctx, 'organizations', request),
    limit: pageSize(request) + 1,
  });
  return toPage(ctx, 'organizations', request, rows, (row) => [row.sort_name, row.id]);
}
