import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { REASONS, Refusal } from '../../platform/errors.ts';
import { separately } from '../../platform/run.ts';
import { CHECKS_A_MINUTE, slugProblem } from './rules.ts';
import { addCheck, countChecks, isSlugTaken, lockPerson } from './store.ts';

/** Whether a slug can be had; taken and former ones answer alike. The reason is empty when it can. Throws `too_many_attempts`. */
export async function checkSlug(ctx: Context, slug: string): Promise<{ reason: string; message: string }> {
  await authorize(ctx, SIGNED_IN);
  const { caller } = ctx;
  if (!caller) throw new Refusal('login_required');
  const wait = await separately(ctx, (counting) => waitFor(counting, caller.accountId));
  if (wait > 0) throw new Refusal('too_many_attempts', { retryAfterSeconds: wait });
  const reason = slugProblem(slug) ?? ((await isSlugTaken(ctx, slug)) ? 'slug_taken' : '');
  return { reason, message: REASONS.get(reason)?.[1] ?? '' };
}

/** Counts this check; or answers the seconds until there is room for it. */
async function waitFor(ctx: Context, accountId: string): Promise<number> {
  await lockPerson(ctx, accountId);
  const now = ctx.platform.clock.now().getTime();
  const { count, oldest } = await countChecks(ctx, accountId, new Date(now - MINUTE));
  if (count >= CHECKS_A_MINUTE) return Math.max(1, Math.ceil(((oldest?.getTime() ?? now) + MINUTE - now) / SECOND));
  await addCheck(ctx, accountId);
  return 0;
}
