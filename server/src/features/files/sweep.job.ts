import { bookMove, dropReferences } from '../../platform/blobs/references.ts';
import { HOUR } from '../../platform/clock.ts';
import type { Context, Platform } from '../../platform/context.ts';
import { runAsSystem } from '../../platform/run.ts';
import { lockRecord } from './store.ts';
import {
  claimOrphan,
  dropBlob,
  dropExpiredUploads,
  dropFiles,
  dropRecord,
  endExpiredUploads,
  filesOf,
  isDue,
  isUnderWay,
  lockDueRecord,
  lockFreeing,
  organizationIds,
  purgeableFiles,
  purgeableRecords,
} from './sweep-store.ts';
import { fileName } from './views.ts';

/** Bytes younger than this may belong to a request that is not committed yet. */
const ORPHAN_AGE = HOUR;

/** Everything that has to go: uploads nobody went on with, trash past its time, and the bytes nothing refers to. */
export async function sweep(platform: Platform): Promise<void> {
  const organizations = await asJob(platform, null, organizationIds);
  for (const organizationId of organizations) {
    const ended = await asJob(platform, organizationId, (ctx) => endExpiredUploads(ctx, organizationId));
    for (const id of ended) await platform.blobs.discard(id);
    await asJob(platform, organizationId, (ctx) => dropExpiredUploads(ctx, organizationId));
    await purge(platform, organizationId);
    while (await asJob(platform, organizationId, (ctx) => eraseOne(ctx, organizationId))) {
      // One content a transaction: a crash in between leaves the rest for the next time.
    }
  }
}

const asJob = <T>(platform: Platform, organizationId: string | null, work: (ctx: Context) => Promise<T>): Promise<T> =>
  runAsSystem(platform, 'job', 'sweep', organizationId, work);

/** Trash past its time, one record or file a transaction, until nothing is due. */
async function purge(platform: Platform, organizationId: string): Promise<void> {
  const untilDone = async <T>(
    due: (ctx: Context) => Promise<T[]>,
    purgeOne: (ctx: Context, row: T) => Promise<void>,
  ) => {
    for (let rows: T[]; (rows = await asJob(platform, organizationId, due)).length > 0;)
      for (const row of rows) await asJob(platform, organizationId, (ctx) => purgeOne(ctx, row));
  };
  await untilDone(
    (ctx) => purgeableRecords(ctx, organizationId),
    (ctx, record) => purgeRecord(ctx, organizationId, record),
  );
  await untilDone(
    (ctx) => purgeableFiles(ctx, organizationId),
    (ctx, file) => purgeFile(ctx, organizationId, file),
  );
}

async function purgeRecord(
  ctx: Context,
  organizationId: string,
  record: { id: string; project_id: string; title: string },
): Promise<void> {
  if (!(await lockDueRecord(ctx, organizationId, record.id))) return;
  const ids = await filesOf(ctx, organizationId, record.id);
  await dropReferences(ctx, organizationId, ids);
  await dropFiles(ctx, organizationId, ids);
  await dropRecord(ctx, organizationId, record.id);
  ctx.effects.emit({
    event: 'record.purge',
    category: 'records and files',
    target: `projects/${record.project_id}/records/${record.id}`,
    targetName: record.title,
    projectId: record.project_id,
  });
}

async function purgeFile(
  ctx: Context,
  organizationId: string,
  file: { id: string; record_id: string; project_id: string; path: string },
): Promise<void> {
  await lockRecord(ctx, organizationId, file.project_id, file.record_id);
  if (!(await isDue(ctx, organizationId, file.id))) return;
  await dropReferences(ctx, organizationId, [file.id]);
  await dropFiles(ctx, organizationId, [file.id]);
  ctx.effects.emit({
    event: 'file.purge',
    category: 'records and files',
    target: fileName(file),
    targetName: file.path,
    projectId: file.project_id,
  });
}

/** Erases one content nothing refers to; its row lock keeps uploads of the same content waiting. */
async function eraseOne(ctx: Context, organizationId: string): Promise<boolean> {
  const blob = await lockFreeing(ctx, organizationId);
  if (!blob) return false;
  await ctx.platform.blobs.erase(organizationId, blob.sha256);
  bookMove(
    ctx,
    { organizationId, sha256: blob.sha256, size: blob.byte_size, version: blob.version + 1n },
    { state: 'freeing', projectId: blob.project_id },
    null,
  );
  await dropBlob(ctx, organizationId, blob.sha256);
  return true;
}

/** Bytes on disk that no row knows of, left by a crash between writing and committing. */
export async function sweepOrphans(platform: Platform): Promise<void> {
  const old = (modified: Date): boolean => platform.clock.now().getTime() - modified.getTime() > ORPHAN_AGE;
  for await (const blob of platform.blobs.list()) {
    if (!old(blob.modified)) continue;
    await asJob(platform, blob.organizationId, async (ctx) => {
      if (!(await claimOrphan(ctx, blob.organizationId, blob.sha256))) return;
      await platform.blobs.erase(blob.organizationId, blob.sha256);
      await dropBlob(ctx, blob.organizationId, blob.sha256);
    });
  }
  const organizations = await asJob(platform, null, organizationIds);
  for await (const upload of platform.blobs.listUploads()) {
    if (!old(upload.modified)) continue;
    let underWay = false;
    for (const organizationId of organizations)
      underWay ||= await asJob(platform, organizationId, (ctx) => isUnderWay(ctx, upload.uploadId));
    if (!underWay) await platform.blobs.discard(upload.uploadId);
  }
}
