import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { SessionView } from './create-session.ts';
import { findSession } from './store.ts';

/** The caller's own session. A token has none: `session_required`. */
export async function getSession(ctx: Context): Promise<SessionView> {
  await authorize(ctx, SIGNED_IN);
  const { caller } = ctx;
  const session =
    caller && ctx.request.credential.kind === 'session' ? await findSession(ctx, caller.credentialId) : undefined;
  if (!caller || !session) throw new Refusal('session_required');
  return {
    id: session.id,
    accountId: caller.accountId,
    displayName: caller.displayName,
    email: caller.email,
    createTime: session.sign_in_time,
    expireTime: session.expire_time,
  };
}
