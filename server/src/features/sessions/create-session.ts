import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ANYONE, authorize } from '../../platform/access/authorize.ts';
import { DAY, SECOND } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { INSTANCE } from '../../platform/effects.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Reason } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { separately } from '../../platform/run.ts';
import { requireBudget } from './budgets.ts';
import { codeHmac } from './request-code.ts';
import { BUDGETS, CODE_TRIES, LINK_SECRET_LENGTH, SESSION_DAYS, firstName, networkOf, normalEmail } from './rules.ts';
import {
  activeOrganizations,
  addAccount,
  addAttempt,
  addSession,
  burnCode,
  countTry,
  findAccount,
  findOpenCode,
  endSession,
  lockAddress,
  lockNetwork,
} from './store.ts';

export interface SessionView {
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string;
  readonly createTime: Date;
  readonly expireTime: Date;
}

/**
 * Signs in with a code: burns it and makes the session, and the account when the address is new, in one transaction.
 * Throws `code_wrong`, `code_exhausted`, `too_many_attempts`.
 */
export async function createSession(ctx: Context, input: { email: string; code: string }): Promise<SessionView> {
  await authorize(ctx, ANYONE);
  const address = normalEmail(input.email);
  // Counted in a transaction of its own: a refused sign-in is rolled back, the try that it was is not.
  const tried = await separately(ctx, (counting) => tryCode(counting, address, input.code));
  if ('reason' in tried)
    throw new Refusal(tried.reason, tried.wait === undefined ? {} : { retryAfterSeconds: tried.wait });
  await lockAddress(ctx, address);
  if (!(await burnCode(ctx, tried.codeId))) throw new Refusal('code_wrong', { field: 'code' });

  const account = (await findAccount(ctx, address)) ?? (await makeAccount(ctx, address));
  if (account.state !== 'active') throw new Refusal('code_wrong', { field: 'code' });
  // The session this browser had before is nobody's any more: its cookie is replaced.
  if (ctx.caller && ctx.request.credential.kind === 'session') await endSession(ctx, ctx.caller.credentialId);
  const now = ctx.platform.clock.now();
  const secret = randomBytes(32).toString('base64url');
  const session = {
    id: newId(),
    accountId: account.id,
    secretHash: createHash('sha256').update(secret).digest(),
    expireTime: new Date(now.getTime() + SESSION_DAYS * DAY),
  };
  await addSession(ctx, session);
  ctx.cookies.push(
    { name: 'session', value: secret, maxAgeSeconds: (SESSION_DAYS * DAY) / SECOND },
    { name: 'flow', value: '', maxAgeSeconds: 0 },
  );
  ctx.caller = {
    accountId: account.id,
    displayName: account.display_name,
    email: address,
    credentialId: session.id,
    via: 'session',
    signInTime: now,
  };
  for (const organizationId of [INSTANCE, ...(await activeOrganizations(ctx, account.id))]) {
    ctx.effects.emit({
      event: 'session.create',
      category: 'sign-in',
      target: `accounts/${account.id}`,
      targetName: account.display_name,
      organizationId,
    });
  }
  return {
    id: session.id,
    accountId: account.id,
    displayName: account.display_name,
    email: address,
    createTime: now,
    expireTime: session.expireTime,
  };
}

type Tried = { readonly codeId: string } | { readonly reason: Reason; readonly wait?: number };

async function tryCode(ctx: Context, address: string, code: string): Promise<Tried> {
  const network = networkOf(ctx.request.networkAddress);
  await lockAddress(ctx, address);
  await lockNetwork(ctx, network);
  try {
    const own = [BUDGETS.wrongOfAddress, BUDGETS.wrongOfNetwork];
    // Nobody guesses the secret of a link, so guesses of others do not stop it.
    const budgets = code.length === LINK_SECRET_LENGTH ? own : [...own, BUDGETS.wrongOfInstance];
    await requireBudget(ctx, budgets, address, network);
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason, wait: error.detail.retryAfterSeconds ?? 60 };
    throw error;
  }
  const open = await findOpenCode(ctx, address);
  const fail = async (reason: Reason): Promise<Tried> => {
    await addAttempt(ctx, 'wrong_try', address, network);
    ctx.effects.emit({
      event: 'session.create',
      category: 'sign-in',
      outcome: 'failed',
      reason,
      email: address,
      organizationId: INSTANCE,
    });
    return { reason };
  };
  if (!open || open.expire_time <= ctx.platform.clock.now()) return fail('code_wrong');
  // A worn-out code says so to whoever tries on, right or wrong, until it is replaced or too old.
  if (open.tries >= CODE_TRIES) return fail('code_exhausted');
  await countTry(ctx, open.id);
  const right =
    ctx.request.flowHash !== null &&
    timingSafeEqual(open.code_hmac, codeHmac(ctx, address, ctx.request.flowHash, code));
  if (right) return { codeId: open.id };
  return fail(open.tries + 1 < CODE_TRIES ? 'code_wrong' : 'code_exhausted');
}

async function makeAccount(
  ctx: Context,
  address: string,
): Promise<{ id: string; display_name: string; state: string }> {
  const account = { id: newId(), displayName: firstName(address), address };
  await addAccount(ctx, account);
  return { id: account.id, display_name: account.displayName, state: 'active' };
}
