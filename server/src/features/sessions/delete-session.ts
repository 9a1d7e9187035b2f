import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { INSTANCE } from '../../platform/effects.ts';
import { Refusal } from '../../platform/errors.ts';
import { activeOrganizations, endSession } from './store.ts';

/** Signs out: ends the caller's session and takes its cookie away. */
export async function deleteSession(ctx: Context): Promise<void> {
  await authorize(ctx, SIGNED_IN);
  const { caller } = ctx;
  if (!caller || ctx.request.credential.kind !== 'session') throw new Refusal('session_required');
  await endSession(ctx, caller.credentialId);
  ctx.cookies.push({ name: 'session', value: '', maxAgeSeconds: 0 });
  for (const organizationId of [INSTANCE, ...(await activeOrganizations(ctx, caller.accountId))]) {
    ctx.effects.emit({
      event: 'session.delete',
      category: 'sign-in',
      target: `accounts/${caller.accountId}`,
      targetName: caller.displayName,
      organizationId,
    });
  }
}
