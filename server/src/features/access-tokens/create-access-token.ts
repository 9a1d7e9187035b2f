import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { claimRequest } from '../../platform/idempotency.ts';
import { cleanText } from '../../platform/text.ts';
import { DEFAULT_DAYS, FRESH_MS, LIVE_AT_ONCE, requireScopes } from './rules.ts';
import { addAccessToken, countLive, findToken } from './store.ts';
import type { TokenRow } from './store.ts';

export interface CreateAccessToken {
  readonly organization: string;
  readonly displayName: string;
  readonly scopes: readonly string[];
  readonly lifetimeDays: number;
  readonly requestId: string;
}

/** Makes a token for the caller. A repeated request finds the token again, without the secret. Throws `session_required`, `reauth_required`. */
export async function createAccessToken(
  ctx: Context,
  input: CreateAccessToken,
): Promise<{ row: TokenRow; secret: string; organizationId: string }> {
  const { organizationId } = await authorize(ctx, 'accessTokens.create', { organization: input.organization });
  const { caller } = ctx;
  if (!caller) throw new Refusal('login_required');
  const now = ctx.platform.clock.now().getTime();
  if (!caller.signInTime || now - caller.signInTime.getTime() > FRESH_MS) throw new Refusal('reauth_required');
  const displayName = cleanText(input.displayName, { field: 'display_name', min: 1, max: 64, reason: 'name_invalid' });
  const scopes = requireScopes(input.scopes);
  const { id, repeated } = await claimRequest(ctx, input.requestId, {
    organizationId,
    displayName,
    scopes,
    lifetimeDays: input.lifetimeDays,
  });
  if (repeated) return { row: await findToken(ctx, organizationId, id), secret: '', organizationId };
  if ((await countLive(ctx, organizationId, caller.accountId)) >= LIVE_AT_ONCE) {
    throw new Refusal('too_many_attempts', {
      sentence: `You have ${LIVE_AT_ONCE} access tokens already. Delete one first.`,
    });
  }
  const secret = await addAccessToken(ctx, {
    id,
    organizationId,
    accountId: caller.accountId,
    displayName,
    scopes,
    lifetimeDays: input.lifetimeDays || DEFAULT_DAYS,
  });
  ctx.effects.emit({
    event: 'access_token.create',
    category: 'tokens and keys',
    target: `organizations/${organizationId}/accessTokens/${id}`,
    targetName: displayName,
  });
  return { row: await findToken(ctx, organizationId, id), secret, organizationId };
}
