import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** Organizations there are; slugs are the one table that everybody may look across. */
export async function organizationIds(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.selectFrom('organization_slugs').select('organization_id').distinct().execute();
  return rows.map((row) => row.organization_id);
}

/** Ends uploads that nobody went on with; answers the ids of all ended ones whose rows go now. */
export async function endExpiredUploads(ctx: Context, organizationId: string): Promise<string[]> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .updateTable('uploads')
    .set({ end_time: now })
    .where('organization_id', '=', organizationId)
    .where('end_time', 'is', null)
    .where('expire_time', '<=', now)
    .execute();
  const ended = await ctx.db
    .selectFrom('uploads')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('end_time', 'is not', null)
    .execute();
  return ended.map((row) => row.id);
}

/** Rows of ended uploads are kept until they expire, so that a late retry finds its answer. */
export async function dropExpiredUploads(ctx: Context, organizationId: string): Promise<void> {
  await ctx.db
    .deleteFrom('uploads')
    .where('organization_id', '=', organizationId)
    .where('end_time', 'is not', null)
    .where('expire_time', '<=', ctx.platform.clock.now())
    .execute();
}

/** Which of these uploads are still under way, in any organization the tenant is. */
export async function isUnderWay(ctx: Context, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('uploads')
    .select('id')
    .where('id', '=', id)
    .where('end_time', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export function purgeableRecords(ctx: Context, organizationId: string) {
  return ctx.db
    .selectFrom('records')
    .select(['id', 'project_id', 'title'])
    .where('organization_id', '=', organizationId)
    .where('purge_time', '<=', ctx.platform.clock.now())
    .orderBy('purge_time')
    .limit(100)
    .execute();
}

export function purgeableFiles(ctx: Context, organizationId: string) {
  return ctx.db
    .selectFrom('files')
    .select(['id', 'record_id', 'project_id', 'path'])
    .where('organization_id', '=', organizationId)
    .where('purge_time', '<=', ctx.platform.clock.now())
    .orderBy('purge_time')
    .limit(100)
    .execute();
}

/** Whether a file still has to go: its record is locked now, and somebody may have taken it back before. */
export async function isDue(ctx: Context, organizationId: string, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('files')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('purge_time', '<=', ctx.platform.clock.now())
    .executeTakeFirst();
  return row !== undefined;
}

/** Locks a record that is still due; undefined when somebody took it back meanwhile. */
export function lockDueRecord(ctx: Context, organizationId: string, id: string) {
  return ctx.db
    .selectFrom('records')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('purge_time', '<=', ctx.platform.clock.now())
    .forUpdate()
    .executeTakeFirst();
}

export async function filesOf(ctx: Context, organizationId: string, recordId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('files')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('record_id', '=', recordId)
    .execute();
  return rows.map((row) => row.id);
}

export async function dropFiles(ctx: Context, organizationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await ctx.db
      .deleteFrom('files')
      .where('organization_id', '=', organizationId)
      .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
      .execute();
}

export async function dropRecord(ctx: Context, organizationId: string, id: string): Promise<void> {
  await ctx.db.deleteFrom('records').where('organization_id', '=', organizationId).where('id', '=', id).execute();
}

/** Locks one content that nothing refers to, leaving those that somebody is using right now. */
export function lockFreeing(ctx: Context, organizationId: string) {
  return ctx.db
    .selectFrom('blobs')
    .select(['sha256', 'byte_size', 'project_id', 'version'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'freeing')
    .orderBy('update_time')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function dropBlob(ctx: Context, organizationId: string, sha256: Buffer): Promise<void> {
  await ctx.db.deleteFrom('blobs').where('organization_id', '=', organizationId).where('sha256', '=', sha256).execute();
}

/** Makes and so locks the row of a content that is on disk only; false when there is a row, which others look after. */
export async function claimOrphan(ctx: Context, organizationId: string, sha256: Buffer): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    insert into blobs (organization_id, sha256, byte_size) select ${organizationId}, ${sha256}, 0
    where exists (select from organizations where id = ${organizationId}) on conflict do nothing returning true as found`.execute(
    ctx.db,
  );
  return rows.length > 0;
}
