import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { listOwn } from './store.ts';
import type { TokenRow } from './store.ts';

/** The caller's own tokens, newest first; ended ones for 30 days more. */
export async function listAccessTokens(
  ctx: Context,
  input: PageRequest & { organization: string },
): Promise<Page<TokenRow> & { organizationId: string }> {
  const { organizationId } = await authorize(ctx, 'profile.view', { organization: input.organization });
  const rows = await listOwn(
    ctx,
    organizationId,
    ctx.caller?.accountId ?? '',
    openCursor(ctx, 'access tokens', input),
    pageSize(input) + 1,
  );
  return {
    ...toPage(ctx, 'access tokens', input, rows, (row) => [row.create_time.toISOString(), row.id]),
    organizationId,
  };
}
