import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Budget } from './rules.ts';
import { countAttempts } from './store.ts';

/** Refuses with `too_many_attempts` when a budget is used up, and says when the next try makes sense. */
export const requireBudget = (
  ctx: Context,
  budgets: readonly Budget[],
  address: string,
  network: string,
): Promise<void> =>
  budgets.reduce(async (before, budget) => {
    await before;
    const { count, oldest } = await countAttempts(ctx, budget, address, network);
    if (count < budget.limit) return;
    const free = (oldest?.getTime() ?? 0) + budget.hours * 3_600_000;
    const seconds = Math.max(1, Math.ceil((free - ctx.platform.clock.now().getTime()) / 1000));
    throw new Refusal('too_many_attempts', { retryAfterSeconds: seconds });
  }, Promise.resolve());
