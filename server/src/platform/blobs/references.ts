import { sql } from 'kysely';
import type { Context } from '../context.ts';

type State = 'live' | 'trash' | 'freeing';

export interface Reference {
  readonly kind: 'file';
  readonly id: string;
  readonly projectId: string | null;
}

/**
 * Locks the row of a content, making it when it is new. While it is locked nobody else can make or erase the bytes,
 * so a content that is kept now is still there at the commit.
 */
export async function lockContent(
  ctx: Context,
  organizationId: string,
  sha256: Buffer,
  byteSize: bigint,
): Promise<void> {
  await ctx.db
    .insertInto('blobs')
    .values((eb) => ({
      organization_id: organizationId,
      sha256,
      byte_size: byteSize,
      create_time: ctx.platform.clock.now(),
      // Versions are part of the ids of ledger rows, and no version booked before is above the position of the ledger:
      // a content that was erased and comes back does not use an id again.
      version: eb.fn.coalesce(
        eb.selectFrom('event_chains').select('ledger_position').where('organization_id', '=', organizationId),
        sql.lit(0n),
      ),
    }))
    .onConflict((oc) => oc.doNothing())
    .execute();
  const row = await ctx.db
    .selectFrom('blobs')
    .select('byte_size')
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sha256)
    .forUpdate()
    .executeTakeFirst();
  if (row?.byte_size === byteSize) return;
  // An eraser was faster and the row went with it: the next insert makes it again.
  if (!row) return lockContent(ctx, organizationId, sha256, byteSize);
  throw new Error('two sizes for one SHA-256');
}

/** Makes a thing refer to a locked content. */
export async function addReference(
  ctx: Context,
  organizationId: string,
  sha256: Buffer,
  reference: Reference,
): Promise<void> {
  await ctx.db
    .insertInto('blob_references')
    .values({
      organization_id: organizationId,
      kind: reference.kind,
      id: reference.id,
      sha256,
      project_id: reference.projectId,
      create_time: ctx.platform.clock.now(),
    })
    .execute();
  await settle(ctx, organizationId, sha256);
}

/** Moves the references of things into the trash, or back out of it. */
export function trashReferences(
  ctx: Context,
  organizationId: string,
  ids: readonly string[],
  trashed: boolean,
): Promise<void> {
  return changeReferences(ctx, organizationId, ids, () =>
    ctx.db
      .updateTable('blob_references')
      .set({ trashed })
      .where('organization_id', '=', organizationId)
      .where('kind', '=', 'file')
      .where('id', '=', anyOf(ids))
      .execute(),
  );
}

/** Ends the references of things that are gone for good. */
export function dropReferences(ctx: Context, organizationId: string, ids: readonly string[]): Promise<void> {
  return changeReferences(ctx, organizationId, ids, () =>
    ctx.db
      .deleteFrom('blob_references')
      .where('organization_id', '=', organizationId)
      .where('kind', '=', 'file')
      .where('id', '=', anyOf(ids))
      .execute(),
  );
}

/** One parameter however many ids: a record may have 500,000 files, a statement 65,535 parameters. */
const anyOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`;

async function changeReferences(
  ctx: Context,
  organizationId: string,
  ids: readonly string[],
  change: () => Promise<unknown>,
): Promise<void> {
  if (ids.length === 0) return;
  const contents = await ctx.db
    .selectFrom('blob_references')
    .select('sha256')
    .distinct()
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'file')
    .where('id', '=', anyOf(ids))
    .execute();
  const hashes = contents.map((row) => row.sha256);
  // Locked in one order everywhere, so that two requests over the same contents cannot wait for each other.
  await ctx.db
    .selectFrom('blobs')
    .select('sha256')
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sql<Buffer>`any(${hashes}::bytea[])`)
    .orderBy('sha256')
    .forUpdate()
    .execute();
  await change();
  for (const sha256 of hashes) await settle(ctx, organizationId, sha256);
}

/**
 * Books a locked content where its references say it belongs now: the oldest living one is charged, else the oldest
 * one in the trash, else it waits to be erased. A move is a minus and a plus in the same transaction, with ids
 * derived from the content and its version, so it can be booked once only.
 */
async function settle(ctx: Context, organizationId: string, sha256: Buffer): Promise<void> {
  const blob = await ctx.db
    .selectFrom('blobs')
    .select(['byte_size', 'state', 'project_id', 'version'])
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow();
  const oldest = await ctx.db
    .selectFrom('blob_references')
    .select(['project_id', 'trashed'])
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sha256)
    .orderBy('trashed')
    .orderBy('create_time')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const state: State = oldest ? (oldest.trashed ? 'trash' : 'live') : 'freeing';
  const projectId = oldest ? oldest.project_id : blob.project_id;
  if (state === blob.state && projectId === blob.project_id) return;
  const version = blob.version + 1n;
  await ctx.db
    .updateTable('blobs')
    .set({ state, project_id: projectId, version, update_time: ctx.platform.clock.now() })
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sha256)
    .execute();
  bookMove(
    ctx,
    { organizationId, sha256, size: blob.byte_size, version },
    blob.state === null ? null : { state: blob.state, projectId: blob.project_id },
    { state, projectId },
  );
}

interface Booking {
  readonly state: State;
  readonly projectId: string | null;
}

export function bookMove(
  ctx: Context,
  content: { organizationId: string; sha256: Buffer; size: bigint; version: bigint },
  from: Booking | null,
  to: Booking | null,
): void {
  const eventId = `ref/${content.organizationId}/${content.sha256.toString('hex')}/${content.version}`;
  const row = { source: 'storage', kind: 'fact', sha256: content.sha256 } as const;
  // Within one meter the two halves of a move need two ids.
  const minus = from?.state === to?.state ? `${eventId}/from` : eventId;
  if (from)
    ctx.effects.book({
      ...row,
      meter: `storage.${from.state}`,
      eventId: minus,
      delta: -content.size,
      projectId: from.projectId,
    });
  if (to)
    ctx.effects.book({ ...row, meter: `storage.${to.state}`, eventId, delta: content.size, projectId: to.projectId });
}
