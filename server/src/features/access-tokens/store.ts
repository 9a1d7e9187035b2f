import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { makeToken } from '../../platform/access/token.ts';
import { DAY } from '../../platform/clock.ts';
import type { Cursor } from '../../platform/paging.ts';
import { LISTED_DAYS } from './rules.ts';

const COLUMNS = [
  'id',
  'display_name',
  'prefix',
  'scopes',
  'project_ids',
  'create_time',
  'expire_time',
  'revoke_time',
  'last_use_time',
] as const;

export type TokenRow = Awaited<ReturnType<typeof findToken>>;

export interface NewToken {
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly scopes: readonly string[];
  /** Null for all. */
  readonly projectIds: readonly string[] | null;
  readonly lifetimeDays: number;
}

/** Inserts a token and answers its secret, which is kept nowhere. */
export async function addAccessToken(ctx: Context, token: NewToken): Promise<string> {
  const { secret, hash, prefix } = makeToken('pat');
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('access_tokens')
    .values({
      organization_id: token.organizationId,
      id: token.id,
      account_id: token.accountId,
      display_name: token.displayName,
      prefix,
      secret_hash: hash,
      scopes: [...token.scopes],
      project_ids: token.projectIds && [...token.projectIds],
      create_time: now,
      expire_time: new Date(now.getTime() + token.lifetimeDays * DAY),
    })
    .execute();
  return secret;
}

export function findToken(ctx: Context, organizationId: string, id: string) {
  return ctx.db
    .selectFrom('access_tokens')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

export async function countLive(ctx: Context, organizationId: string, accountId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('access_tokens')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .where('revoke_time', 'is', null)
    .where('expire_time', '>', ctx.platform.clock.now())
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export function listOwn(ctx: Context, organizationId: string, accountId: string, after: Cursor | null, limit: number) {
  const since = new Date(ctx.platform.clock.now().getTime() - LISTED_DAYS * DAY);
  let query = ctx.db
    .selectFrom('access_tokens')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .where('expire_time', '>', since)
    .where((eb) => eb.or([eb('revoke_time', 'is', null), eb('revoke_time', '>', since)]));
  const [time, id] = after ?? [];
  if (time !== undefined && id !== undefined)
    query = query.where((eb) => eb(eb.refTuple('create_time', 'id'), '<', eb.tuple(new Date(time), id)));
  return query.orderBy('create_time', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Serializes the creations of one person here, so that the limit counts what is really there. */
export async function lockTokens(ctx: Context, organizationId: string, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tokens of ${accountId} in ${organizationId}`}, 0))`.execute(
    ctx.db,
  );
}

/** Revokes a person's own live or expired token; undefined when there is none, or it is revoked already. */
export function revokeOwn(ctx: Context, organizationId: string, accountId: string, id: string) {
  return ctx.db
    .updateTable('access_tokens')
    .set({ revoke_time: ctx.platform.clock.now() })
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoke_time', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst();
}

export async function hasOwn(ctx: Context, organizationId: string, accountId: string, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('access_tokens')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
