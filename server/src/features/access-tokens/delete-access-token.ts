import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { emitTokenEvent } from './rules.ts';
import { hasOwn, revokeOwn } from './store.ts';

/** Revokes one of the caller's own tokens, at once and for good. Doing it again changes nothing. */
export async function deleteAccessToken(ctx: Context, input: { organization: string; token: string }): Promise<void> {
  const { organizationId } = await authorize(ctx, 'accessTokens.delete', { organization: input.organization });
  const { caller } = ctx;
  if (!caller || !isId(input.token)) throw new Refusal('not_found');
  const row = await revokeOwn(ctx, organizationId, caller.accountId, input.token);
  if (!row) {
    if (await hasOwn(ctx, organizationId, caller.accountId, input.token)) return;
    throw new Refusal('not_found');
  }
  emitTokenEvent(ctx, 'access_token.delete', organizationId, { id: row.id, displayName: row.display_name });
}
