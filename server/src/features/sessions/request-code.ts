import { createHash, randomBytes, randomInt } from 'node:crypto';
import { ANYONE, authorize } from '../../platform/access/authorize.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requireBudget } from './budgets.ts';
import { BUDGETS, CODE_LIFE_MINUTES, RESEND_SECONDS, networkOf, normalEmail } from './rules.ts';
import { addAttempt, countAttempts, findOpenCode, lockAddress, lockNetwork, replaceCode } from './store.ts';

/**
 * Mails a six-digit code, or a link in guard mode. The same for known and unknown addresses: the mail leaves through a job, never inside the
 * request. Throws `email_invalid`, `code_too_soon`, `too_many_attempts`. Answers seconds until the next code.
 */
export async function requestCode(ctx: Context, input: { email: string }): Promise<number> {
  await authorize(ctx, ANYONE);
  const address = normalEmail(input.email);
  const network = networkOf(ctx.request.networkAddress);
  await lockAddress(ctx, address);
  await lockNetwork(ctx, network);
  const now = ctx.platform.clock.now();
  const open = await findOpenCode(ctx, address);
  const wait = open ? open.create_time.getTime() + RESEND_SECONDS * SECOND - now.getTime() : 0;
  if (wait > 0) throw new Refusal('code_too_soon', { retryAfterSeconds: Math.ceil(wait / SECOND) });
  await requireBudget(
    ctx,
    [BUDGETS.codesOfAddressHour, BUDGETS.codesOfAddressDay, BUDGETS.codesOfNetwork],
    address,
    network,
  );
  await addAttempt(ctx, 'code_request', address, network);

  const guarded = await isGuarded(ctx);
  if (guarded) ctx.platform.log.warn('too many wrong codes within an hour: sign-in mails carry links instead');
  const code = guarded ? randomBytes(32).toString('base64url') : String(randomInt(1_000_000)).padStart(6, '0');
  const flowHash = ctx.request.flowHash ?? newFlow(ctx);
  await replaceCode(ctx, {
    id: newId(),
    address,
    flowHash,
    hmac: codeHmac(ctx, address, flowHash, code),
    expireTime: new Date(now.getTime() + CODE_LIFE_MINUTES * MINUTE),
  });
  // The queue is a table too, and a code never stands in a table in the clear.
  ctx.effects.enqueue({
    task: 'send-sign-in-code',
    payload: {
      sealed: ctx.platform.keys.seal(JSON.stringify({ address, code, language: ctx.request.language })),
      networkAddress: ctx.request.networkAddress,
      client: ctx.request.client,
      time: now.toISOString(),
    },
  });
  return RESEND_SECONDS;
}

/**
 * Guard mode: so many codes were guessed wrong all over the instance within an hour that six digits are no proof any
 * more. Mails carry a link with a long secret instead, so that people still get in.
 */
async function isGuarded(ctx: Context): Promise<boolean> {
  const { count } = await countAttempts(ctx, BUDGETS.wrongOfInstance, '', '');
  return count >= BUDGETS.wrongOfInstance.limit;
}

/** A cookie that ties the code to this browser. */
function newFlow(ctx: Context): Buffer {
  const secret = randomBytes(32).toString('base64url');
  ctx.cookies.push({ name: 'flow', value: secret, maxAgeSeconds: 3600 });
  return createHash('sha256').update(secret).digest();
}

export const codeHmac = (ctx: Context, address: string, flowHash: Buffer, code: string): Buffer =>
  ctx.platform.keys.hmac('sign-in code', address, 'sign_in', flowHash.toString('hex'), code);
