import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import type { Context, Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isAway, runRequest } from '../../platform/run.ts';
import { cookieHeader } from './cookies.ts';
import { toConnectError, toRefusal } from './errors.ts';
import { INCOMING } from './router.ts';
import type { Answer } from './router.ts';
import { validate } from './validate.ts';

/**
 * The way of every call: field rules, then the verb inside its transaction, then cookies; and for what goes wrong one
 * rendering and one line in the log.
 */
export function createAnswer(platform: Platform, secureCookies: boolean): Answer {
  return async (method, implementation, request, context) => {
    const call = context.values.get(INCOMING);
    if (!call) throw new Error('a call without its facts');
    call.answered = true;
    const { facts } = call;
    if (facts instanceof Refusal) throw toConnectError(facts, call.id);
    const writes = method.idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
    try {
      validate(method.input, request);
      const { answer, cookies } = await runRequest(platform, { ...facts, writes }, async (ctx: Context) => ({
        answer: await implementation(ctx, request),
        cookies: ctx.cookies,
      }));
      for (const cookie of cookies) context.responseHeader.append('set-cookie', cookieHeader(cookie, secureCookies));
      context.responseHeader.set('cache-control', 'no-store');
      return answer;
    } catch (error) {
      const refusal = isAway(error) ? new Refusal('unavailable') : toRefusal(error);
      if (refusal.reason === 'internal')
        platform.log.error({ requestId: facts.id, method: facts.method, err: error }, 'a request failed');
      throw toConnectError(refusal, facts.id);
    }
  };
}
