import type { DescMethod, DescService, MessageInitShape } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { evenTime } from '../../platform/access/even-time.ts';
import type { Platform, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isAway, runRequest } from '../../platform/run.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { cookieHeader } from './cookies.ts';
import { toConnectError, toRefusal } from './errors.ts';
import { validate } from './validate.ts';

/** A call on its way in. */
export interface Incoming {
  readonly id: string;
  readonly path: string;
  /** What it says of itself; or why nobody has to look at what it wants. */
  readonly facts: RequestFacts | Refusal;
  /** Whether it could be read and got to its method. */
  answered: boolean;
}

/** What a method answers, and the headers that go with it. */
export interface Answered {
  readonly message: MessageInitShape<DescMethod['output']>;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Answers one call of a method. Throws ConnectError. */
export type Answer = (
  method: DescMethod,
  implementation: ServiceOf<DescService>[string],
  request: never,
  call: Incoming,
) => Promise<Answered>;

/**
 * The way of every call: field rules, then the verb inside its transaction, then cookies; and for what goes wrong one
 * rendering and one line in the log.
 */
export function createAnswer(platform: Platform, secureCookies: boolean): Answer {
  return async (method, implementation, request, call) => {
    call.answered = true;
    const { facts } = call;
    if (facts instanceof Refusal) throw toConnectError(facts, call.id);
    const began = performance.now();
    const writes = method.idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
    try {
      validate(method.input, request);
      return await runRequest(platform, { ...facts, writes }, async (ctx) => ({
        message: await implementation(ctx, request),
        headers: [
          ['cache-control', 'no-store'],
          ...ctx.cookies.map((cookie) => ['set-cookie', cookieHeader(cookie, secureCookies)] as const),
        ],
      }));
    } catch (error) {
      const refusal = isAway(error) ? new Refusal('unavailable') : toRefusal(error);
      if (refusal.reason === 'internal')
        platform.log.error({ requestId: facts.id, method: facts.method, err: error }, 'a request failed');
      await evenTime(refusal, began);
      throw toConnectError(refusal, facts.id);
    }
  };
}
