import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

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

/** The organizations of a person, by name. */
export async function organizationsOf(ctx: Context, accountId: string): Promise<MembershipRow[]> {
  const { rows } =
    await sql<MembershipRow>`select * from organizations_of(${accountId}::uuid) order by lower(display_name), id`.execute(
      ctx.db,
    );
  return rows;
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

/** Serializes the creations of one person, so that a limit counts what is really there. */
export async function lockPerson(ctx: Context, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organizations of ${accountId}`}, 0))`.execute(ctx.db);
}
