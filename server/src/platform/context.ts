import type { Blobs } from './blobs/store.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/pools.ts';
import type { Effects } from './effects.ts';
import type { Log } from './log.ts';

/** How a caller proves who they are. The secret itself is not kept: only its SHA-256. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly hash: Buffer }
  | { readonly kind: 'token'; readonly hash: Buffer }
  /** Not a person: a job of the server, or the operator at the console of its machine. */
  | { readonly kind: 'system'; readonly via: 'job' | 'console' };

/** Languages that mails are written in. */
export type Language = 'en' | 'zh';

/** What is known of a request before anybody has looked at what it wants. */
export interface RequestFacts {
  readonly id: string;
  /** The method or path that was called, for the log and the event. */
  readonly method: string;
  readonly networkAddress: string;
  /** Program that made the request: first 200 characters of its user agent. */
  readonly client: string;
  readonly credential: Credential;
  /** Id or slug of the organization, when the request names it apart from its resource names. */
  readonly organization: string | null;
  /** Language the caller reads: the one of ours that comes first in "accept-language", else English. */
  readonly language: Language;
  /** SHA-256 of the cookie that ties a sign-in to one browser; null without one. */
  readonly flowHash: Buffer | null;
  /** Whether the request changes something; a read runs without a transaction. */
  readonly writes: boolean;
}

/** Who calls, as `authorize` found them. */
export interface Caller {
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string;
  readonly credentialId: string;
  /** How they came in, for the event: `session`, `token mus_pat_abcd…`. */
  readonly via: string;
  readonly signInTime: Date | null;
}

/** A cookie to set with the answer; an empty value takes it away. */
export interface Cookie {
  readonly name: 'session' | 'flow';
  readonly value: string;
  readonly maxAgeSeconds: number;
}

/** What belongs to the whole server and is built once, in app.ts. */
export interface Platform {
  readonly db: Database;
  /** Connections for transactions beside the one of a request, so that requests never wait for each other's. */
  readonly aside: Database;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: Keys;
  readonly instance: Instance;
}

/** The secrets that verbs may use; see secrets.ts. */
export interface Keys {
  hmac(...parts: readonly string[]): Buffer;
  seal(text: string): string;
  open(sealed: string): string;
}

/** Facts of this installation that verbs decide on. */
export interface Instance {
  readonly hasTerms: boolean;
  /** The address people use, without a slash at its end. */
  readonly publicUrl: string;
}

/**
 * One request: everything a verb may touch. `db` is bound to the request's own connection, and for writes to its
 * transaction; effects are written at its end, in the same transaction.
 */
export interface Context {
  readonly platform: Platform;
  readonly db: Database;
  readonly request: RequestFacts;
  readonly effects: Effects;
  /** Cookies that go out with the answer, when there is one. */
  readonly cookies: Cookie[];
  /** Set by `authorize`. */
  caller: Caller | null;
  /** The organization that `authorize` entered; it is the tenant of `db` from then on. */
  organizationId: string | null;
}
