import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { revokeOwn } from './store.ts';

/** Revokes one of the caller's own tokens, at once and for good. */
export async function deleteAccessToken(ctx: Context, input: { organization: string; token: string }): Promise<void> {
  const { organizationId } = await authorize(ctx, 'accessTokens.delete', { organization: input.organization });
  const row = isId(input.token)
    ? await revokeOwn(ctx, organizationId, ctx.caller?.accountId ?? '', input.token)
    : undefined;
  if (!row) throw new Refusal('not_found');
  ctx.effects.emit({
    event: 'access_token.delete',
    category: 'tokens and keys',
    target: `organizations/${organizationId}/accessTokens/${row.id}`,
    targetName: row.display_name,
  });
}
