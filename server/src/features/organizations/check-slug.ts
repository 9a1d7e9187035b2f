import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { REASONS } from '../../platform/errors.ts';
import { slugProblem } from './rules.ts';
import { isSlugTaken } from './store.ts';

/** Whether a slug can be had; taken and former ones answer alike. The reason is empty when it can. */
export async function checkSlug(ctx: Context, slug: string): Promise<{ reason: string; message: string }> {
  await authorize(ctx, SIGNED_IN);
  const reason = slugProblem(slug) ?? ((await isSlugTaken(ctx, slug)) ? 'slug_taken' : '');
  return { reason, message: REASONS.get(reason)?.[1] ?? '' };
}
