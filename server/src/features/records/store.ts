import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Along } from '../../platform/access/facts.ts';
import type { Context } from '../../platform/context.ts';
import { pageLimit } from '../../platform/db/page-limit.ts';
import { isId } from '../../platform/ids.ts';
import type { Cursor } from '../../platform/paging.ts';
import { likePattern } from '../../platform/text.ts';

const rows = (ctx: Context) =>
  ctx.db
    .selectFrom('records as r')
    .innerJoin('accounts as a', 'a.id', 'r.creator_id')
    .select([
      'r.id',
      'r.project_id',
      'r.title',
      'r.description',
      'r.file_count',
      'r.byte_size',
      'r.playable_ns',
      'r.start_ns',
      'r.end_ns',
      'r.version',
      'r.create_time',
      'r.update_time',
      'r.delete_time',
      'r.purge_time',
      'a.display_name as creator',
    ]);

export type RecordRow = NonNullable<Awaited<ReturnType<typeof findRecord>>>;

export function findRecord(ctx: Context, organizationId: string, projectId: string, id: string) {
  return rows(ctx)
    .where('r.organization_id', '=', organizationId)
    .where('r.project_id', '=', projectId)
    .where('r.id', '=', id)
    .executeTakeFirst();
}

let alongText: string | null = null;

/** The record as `findRecord` has it, read where `authorize` comes in; null for what cannot be an id. */
export function recordAlong(ctx: Context, id: string): Along<RecordRow> | null {
  if (!isId(id)) return null;
  // Put together once: every read of a record runs it.
  alongText ??= rows(ctx)
    .where('r.id', '=', id)
    .where(sql<SqlBool>`r.organization_id = entry.organization_id and r.project_id = entry.project_id`)
    .compile().sql;
  return { sql: alongText, values: [id] };
}

/** The row lock of a record comes before every other lock of a change to it. */
export function lockRecord(ctx: Context, organizationId: string, projectId: string, id: string) {
  return ctx.db
    .selectFrom('records')
    .select(['id', 'title', 'description', 'version', 'delete_time', 'purge_time'])
    .where('organization_id', '=', organizationId)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function listNewest(
  ctx: Context,
  organizationId: string,
  projectId: string,
  options: { words: readonly string[]; deleted: boolean; after: Cursor | null; limit: number },
) {
  const time = options.deleted ? 'r.delete_time' : 'r.create_time';
  let query = rows(ctx)
    .where('r.organization_id', '=', organizationId)
    .where('r.project_id', '=', projectId)
    .where('r.delete_time', options.deleted ? 'is not' : 'is', null);
  for (const word of options.words)
    query = query.where((eb) =>
      eb.or([eb('r.title', 'ilike', likePattern(word)), ...(isId(word) ? [eb('r.id', '=', word)] : [])]),
    );
  const [at, id] = options.after ?? [];
  if (at !== undefined && id !== undefined)
    query = query.where((eb) => eb(eb.refTuple(time, 'r.id'), '<', eb.tuple(new Date(at), id)));
  return query.orderBy(time, 'desc').orderBy('r.id', 'desc').limit(pageLimit(options.limit)).execute();
}

export async function addRecord(
  ctx: Context,
  record: {
    organizationId: string;
    projectId: string;
    id: string;
    title: string;
    description: string;
    creatorId: string;
  },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('records')
    .values({
      organization_id: record.organizationId,
      project_id: record.projectId,
      id: record.id,
      title: record.title,
      description: record.description,
      creator_id: record.creatorId,
      create_time: now,
      update_time: now,
    })
    .execute();
}

/** Changes fields of a locked record and raises its version. */
export async function changeRecord(
  ctx: Context,
  organizationId: string,
  id: string,
  change: { title?: string; description?: string; deleteTime?: Date | null; purgeTime?: Date | null },
): Promise<void> {
  await ctx.db
    .updateTable('records')
    .set({
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.deleteTime === undefined ? {} : { delete_time: change.deleteTime }),
      ...(change.purgeTime === undefined ? {} : { purge_time: change.purgeTime }),
      version: sql`version + 1`,
      update_time: ctx.platform.clock.now(),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
}
