import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { openCursor, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { organizationsOf } from './store.ts';
import type { MembershipRow } from './store.ts';

/** The organizations the caller is an active member of, by name. A token sees its own only. */
export async function listOrganizations(ctx: Context, request: PageRequest): Promise<Page<MembershipRow>> {
  const facts = await authorize(ctx, SIGNED_IN);
  if (!ctx.caller) throw new Refusal('login_required');
  const bound = ctx.request.credential.kind === 'token' ? facts.organization_id : null;
  const all = (await organizationsOf(ctx, ctx.caller.accountId)).filter(
    (row) => row.state === 'active' && (bound === null || row.id === bound),
  );
  const [after] = openCursor(ctx, 'organizations', request) ?? [];
  const start = after === undefined ? 0 : all.findIndex((row) => row.id === after) + 1;
  return toPage(ctx, 'organizations', request, all.slice(start), (row) => [row.id]);
}
