import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Cursor } from '../../platform/paging.ts';
import { likePattern } from '../../platform/text.ts';

const rows = (ctx: Context) =>
  ctx.db
    .selectFrom('files as f')
    .innerJoin('accounts as a', 'a.id', 'f.creator_id')
    .leftJoin('recordings as g', (join) =>
      join.onRef('g.organization_id', '=', 'f.organization_id').onRef('g.file_id', '=', 'f.id'),
    )
    .select([
      'f.id',
      'f.project_id',
      'f.record_id',
      'f.path',
      'f.byte_size',
      'f.sha256',
      'f.create_time',
      'f.delete_time',
      'a.display_name as creator',
      'g.format',
      'g.state',
      'g.start_ns',
      'g.end_ns',
      'g.message_count',
      'g.content',
      'g.problem_reason',
      'g.problem',
    ]);

export type FileRow = NonNullable<Awaited<ReturnType<typeof findFile>>>;

export function findFile(ctx: Context, organizationId: string, recordId: string, path: string) {
  return rows(ctx)
    .where('f.organization_id', '=', organizationId)
    .where('f.record_id', '=', recordId)
    .where('f.path', '=', path)
    .where('f.delete_time', 'is', null)
    .executeTakeFirst();
}

export function findFileById(ctx: Context, organizationId: string, id: string) {
  return rows(ctx).where('f.organization_id', '=', organizationId).where('f.id', '=', id).executeTakeFirst();
}

/** The file that was deleted last at a path. */
export function findTrashed(ctx: Context, organizationId: string, recordId: string, path: string) {
  return rows(ctx)
    .where('f.organization_id', '=', organizationId)
    .where('f.record_id', '=', recordId)
    .where('f.path', '=', path)
    .where('f.delete_time', 'is not', null)
    .orderBy('f.delete_time', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function listByPath(
  ctx: Context,
  organizationId: string,
  recordId: string,
  options: { words: readonly string[]; deleted: boolean; after: Cursor | null; limit: number },
) {
  let query = rows(ctx)
    .where('f.organization_id', '=', organizationId)
    .where('f.record_id', '=', recordId)
    .where('f.delete_time', options.deleted ? 'is not' : 'is', null);
  for (const word of options.words) query = query.where('f.path', 'ilike', likePattern(word));
  const [path, id] = options.after ?? [];
  if (path !== undefined && id !== undefined)
    query = query.where((eb) => eb(eb.refTuple('f.path', 'f.id'), '>', eb.tuple(path, id)));
  return query.orderBy('f.path').orderBy('f.id').limit(options.limit).execute();
}

/** The row lock of a record comes before every other lock of a change to its files. */
export function lockRecord(ctx: Context, organizationId: string, projectId: string, id: string) {
  return ctx.db
    .selectFrom('records')
    .select(['id', 'title', 'delete_time'])
    .where('organization_id', '=', organizationId)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function findRecord(ctx: Context, organizationId: string, projectId: string, id: string) {
  return ctx.db
    .selectFrom('records')
    .select(['id', 'title', 'delete_time'])
    .where('organization_id', '=', organizationId)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Whether files live below a path as if it were a folder, or at one of its folders as if that were a file. */
export async function clashesWithFolder(
  ctx: Context,
  organizationId: string,
  recordId: string,
  path: string,
  folders: readonly string[],
): Promise<boolean> {
  const below = `${path.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}/%`;
  const found = await ctx.db
    .selectFrom('files')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('record_id', '=', recordId)
    .where('delete_time', 'is', null)
    .where((eb) => eb.or([eb('path', 'like', below), ...(folders.length > 0 ? [eb('path', 'in', [...folders])] : [])]))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export interface NewFile {
  readonly organizationId: string;
  readonly id: string;
  readonly recordId: string;
  readonly projectId: string;
  readonly path: string;
  readonly sha256: Buffer;
  readonly byteSize: bigint;
  readonly creatorId: string;
}

export async function addFile(ctx: Context, file: NewFile, format: 'mcap' | 'bag' | null): Promise<void> {
  await ctx.db
    .insertInto('files')
    .values({
      organization_id: file.organizationId,
      id: file.id,
      record_id: file.recordId,
      project_id: file.projectId,
      path: file.path,
      sha256: file.sha256,
      byte_size: file.byteSize,
      creator_id: file.creatorId,
      create_time: ctx.platform.clock.now(),
    })
    .execute();
  if (format)
    await ctx.db
      .insertInto('recordings')
      .values({
        organization_id: file.organizationId,
        file_id: file.id,
        record_id: file.recordId,
        format,
        update_time: ctx.platform.clock.now(),
      })
      .execute();
}

export async function setTrashed(
  ctx: Context,
  organizationId: string,
  id: string,
  deleteTime: Date | null,
  purgeTime: Date | null,
): Promise<void> {
  await ctx.db
    .updateTable('files')
    .set({ delete_time: deleteTime, purge_time: purgeTime })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
}

/** Ids of the files of a record that were not deleted one by one. */
export async function livingIds(ctx: Context, organizationId: string, recordId: string): Promise<string[]> {
  const found = await ctx.db
    .selectFrom('files')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('record_id', '=', recordId)
    .where('delete_time', 'is', null)
    .execute();
  return found.map((row) => row.id);
}

/** Brings the computed fields of a locked record up to date with its files, and raises its version. */
export async function refreshRecord(ctx: Context, organizationId: string, recordId: string): Promise<void> {
  await sql`
    update records set version = version + 1, update_time = ${ctx.platform.clock.now()}, file_count = counted.files, byte_size = counted.bytes
    from (select count(*) as files, coalesce(sum(byte_size), 0) as bytes from files where organization_id = ${organizationId} and record_id = ${recordId} and delete_time is null) counted
    where organization_id = ${organizationId} and id = ${recordId}`.execute(ctx.db);
}

export function timeRanges(ctx: Context, organizationId: string, recordId: string) {
  return ctx.db
    .selectFrom('recordings as g')
    .innerJoin('files as f', (join) =>
      join.onRef('f.organization_id', '=', 'g.organization_id').onRef('f.id', '=', 'g.file_id'),
    )
    .select(['g.start_ns', 'g.end_ns'])
    .where('g.organization_id', '=', organizationId)
    .where('g.record_id', '=', recordId)
    .where('f.delete_time', 'is', null)
    .execute();
}

export async function setPlayable(
  ctx: Context,
  organizationId: string,
  recordId: string,
  range: { start: bigint; end: bigint; length: bigint } | null,
): Promise<void> {
  await ctx.db
    .updateTable('records')
    .set({ start_ns: range?.start ?? null, end_ns: range?.end ?? null, playable_ns: range?.length ?? 0n })
    .where('organization_id', '=', organizationId)
    .where('id', '=', recordId)
    .execute();
}

export async function setRecording(
  ctx: Context,
  organizationId: string,
  fileId: string,
  found: {
    state: 'ready' | 'partial' | 'failed';
    startNs: bigint | null;
    endNs: bigint | null;
    messageCount: bigint;
    content: string;
    problemReason: string | null;
    problem: string | null;
  },
): Promise<void> {
  await ctx.db
    .updateTable('recordings')
    .set({
      state: found.state,
      start_ns: found.startNs,
      end_ns: found.endNs,
      message_count: found.messageCount,
      content: found.content,
      problem_reason: found.problemReason,
      problem: found.problem,
      update_time: ctx.platform.clock.now(),
    })
    .where('organization_id', '=', organizationId)
    .where('file_id', '=', fileId)
    .execute();
}
