import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Cursor } from '../../platform/paging.ts';

export interface OrganizationRow {
  readonly id: string;
  readonly slug: string;
  readonly display_name: string;
  readonly create_time: Date;
}

export interface MembershipRow extends OrganizationRow {
  readonly role: 'admin' | 'collaborator' | 'viewer' | 'external';
  readonly state: string;
  readonly created_by_person: boolean;
}

/** The organizations of a person. */
export async function organizationsOf(ctx: Context, accountId: string): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`select * from organizations_of(${accountId}::uuid)`.execute(ctx.db);
  return rows;
}

/** Organizations a person is an active member of, by name; `only` narrows them to one. */
export async function listByName(
  ctx: Context,
  accountId: string,
  options: { only: string | null; after: Cursor | null; limit: number },
): Promise<(MembershipRow & { readonly sort_name: string })[]> {
  const { rows } = await sql<MembershipRow & { sort_name: string }>`
    select *, lower(display_name) as sort_name from organizations_of(${accountId}::uuid)
    where state = 'active' and (${options.only}::uuid is null or id = ${options.only}::uuid)
      and (${options.after?.[0] ?? null}::text is null or (lower(display_name), id) > (${options.after?.[0] ?? ''}, ${options.after?.[1] ?? null}::uuid))
    order by lower(display_name), id limit ${options.limit}`.execute(ctx.db);
  return rows;
}

/** Counts the checks of a person since a time, and the oldest of them; forgets those before. */
export async function countChecks(
  ctx: Context,
  accountId: string,
  since: Date,
): Promise<{ count: number; oldest: Date | null }> {
  await ctx.db.deleteFrom('slug_checks').where('account_id', '=', accountId).where('time', '<=', since).execute();
  const row = await ctx.db
    .selectFrom('slug_checks')
    .select((eb) => [eb.fn.countAll<bigint>().as('count'), eb.fn.min('time').as('oldest')])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: row.oldest };
}

export async function addCheck(ctx: Context, accountId: string): Promise<void> {
  await ctx.db.insertInto('slug_checks').values({ account_id: accountId, time: ctx.platform.clock.now() }).execute();
}

export async function isSlugTaken(ctx: Context, slug: string): Promise<boolean> {
  return (
    (await ctx.db.selectFrom('organization_slugs').select('slug').where('slug', '=', slug).executeTakeFirst()) !==
    undefined
  );
}

/** Takes a slug for the organization; false when somebody has or had it. */
export async function takeSlug(ctx: Context, organizationId: string, slug: string): Promise<boolean> {
  const made = await ctx.db
    .insertInto('organization_slugs')
    .values({ slug, organization_id: organizationId, create_time: ctx.platform.clock.now() })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export async function addOrganization(
  ctx: Context,
  organization: { id: string; slug: string; displayName: string; creatorId: string },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('organizations')
    .values({
      id: organization.id,
      slug: organization.slug,
      display_name: organization.displayName,
      creator_id: organization.creatorId,
      create_time: now,
    })
    .execute();
  await ctx.db
    .insertInto('memberships')
    .values({ organization_id: organization.id, account_id: organization.creatorId, role: 'admin', create_time: now })
    .execute();
}

export function findOrganization(ctx: Context, id: string): Promise<OrganizationRow> {
  return ctx.db
    .selectFrom('organizations')
    .select(['id', 'slug', 'display_name', 'create_time'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** Serializes what one person does, so that a limit counts what is really there. */
export async function lockPerson(ctx: Context, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organizations of ${accountId}`}, 0))`.execute(ctx.db);
}
