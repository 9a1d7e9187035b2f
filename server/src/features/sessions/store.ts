import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Budget } from './rules.ts';

/** Serializes what happens to one address, so that its tries and mails are counted one after the other. */
export async function lockAddress(ctx: Context, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${address}`}, 0))`.execute(ctx.db);
}

/** The same for one network. Taken after the lock on an address, never before it. */
export async function lockNetwork(ctx: Context, network: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in from ${network}`}, 0))`.execute(ctx.db);
}

/** How often something happened in the window of a budget, and when the oldest of those was. */
export async function countAttempts(
  ctx: Context,
  budget: Budget,
  address: string,
  network: string,
): Promise<{ count: number; oldest: Date | null }> {
  const since = new Date(ctx.platform.clock.now().getTime() - budget.hours * 3_600_000);
  let query = ctx.db
    .selectFrom('sign_in_attempts')
    .select((eb) => [eb.fn.countAll<bigint>().as('count'), eb.fn.min('time').as('oldest')])
    .where('kind', '=', budget.kind)
    .where('time', '>', since);
  if (budget.by === 'address') query = query.where('address', '=', address);
  if (budget.by === 'network') query = query.where('network', '=', network);
  const row = await query.executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: row.oldest };
}

export async function addAttempt(
  ctx: Context,
  kind: 'code_request' | 'wrong_try',
  address: string,
  network: string,
): Promise<void> {
  await ctx.db
    .insertInto('sign_in_attempts')
    .values({ kind, address, network, time: ctx.platform.clock.now() })
    .execute();
}

export function findOpenCode(ctx: Context, address: string) {
  return ctx.db
    .selectFrom('sign_in_codes')
    .selectAll()
    .where('address', '=', address)
    .where('purpose', '=', 'sign_in')
    .where('end_time', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function replaceCode(
  ctx: Context,
  code: { id: string; address: string; flowHash: Buffer; hmac: Buffer; expireTime: Date },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .updateTable('sign_in_codes')
    .set({ end_time: now })
    .where('address', '=', code.address)
    .where('end_time', 'is', null)
    .execute();
  await ctx.db
    .insertInto('sign_in_codes')
    .values({
      id: code.id,
      address: code.address,
      purpose: 'sign_in',
      flow_hash: code.flowHash,
      code_hmac: code.hmac,
      create_time: now,
      expire_time: code.expireTime,
    })
    .execute();
}

export async function countTry(ctx: Context, id: string): Promise<void> {
  await ctx.db
    .updateTable('sign_in_codes')
    .set({ tries: sql`tries + 1` })
    .where('id', '=', id)
    .execute();
}

/** Uses a code up; false when another request was faster. */
export async function burnCode(ctx: Context, id: string): Promise<boolean> {
  const done = await ctx.db
    .updateTable('sign_in_codes')
    .set({ end_time: ctx.platform.clock.now() })
    .where('id', '=', id)
    .where('end_time', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export function findAccount(ctx: Context, address: string) {
  return ctx.db
    .selectFrom('account_addresses as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .select(['a.id', 'a.display_name', 'a.state'])
    .where('d.address', '=', address)
    .executeTakeFirst();
}

export async function addAccount(
  ctx: Context,
  account: { id: string; displayName: string; address: string },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('accounts')
    .values({ id: account.id, display_name: account.displayName, create_time: now })
    .execute();
  await ctx.db
    .insertInto('account_addresses')
    .values({ address: account.address, account_id: account.id, main: true, prove_time: now })
    .execute();
}

export async function addSession(
  ctx: Context,
  session: { id: string; accountId: string; secretHash: Buffer; expireTime: Date },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('sessions')
    .values({
      id: session.id,
      account_id: session.accountId,
      secret_hash: session.secretHash,
      sign_in_time: now,
      last_use_time: now,
      expire_time: session.expireTime,
      // The zone of a link-local address (RFC 4007 section 11) means nothing to the database.
      network_address: ctx.request.networkAddress.replace(/%.*$/, '') || null,
      client: ctx.request.client,
    })
    .execute();
}

export function findSession(ctx: Context, id: string) {
  return ctx.db
    .selectFrom('sessions')
    .select(['id', 'sign_in_time', 'expire_time'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function endSession(ctx: Context, id: string): Promise<void> {
  await ctx.db
    .updateTable('sessions')
    .set({ end_time: ctx.platform.clock.now() })
    .where('id', '=', id)
    .where('end_time', 'is', null)
    .execute();
}

/** Organizations a person is an active member of: their logs take the sign-in. */
export async function activeOrganizations(ctx: Context, accountId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
    state: string;
  }>`select id, state from organizations_of(${accountId}::uuid)`.execute(ctx.db);
  return rows.filter((row) => row.state === 'active').map((row) => row.id);
}

/** Attempts, codes and request keys that nothing looks at any more. */
export async function forgetOld(ctx: Context): Promise<void> {
  await sql`delete from sign_in_attempts where time < now() - interval '25 hours'`.execute(ctx.db);
  await sql`delete from sign_in_codes where create_time < now() - interval '25 hours'`.execute(ctx.db);
  await sql`delete from request_keys where create_time < now() - interval '7 days'`.execute(ctx.db);
}
