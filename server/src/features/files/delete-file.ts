import { authorize } from '../../platform/access/authorize.ts';
import { trashReferences } from '../../platform/blobs/references.ts';
import { DAY } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { refreshPlayable } from './playable.ts';
import { TRASH_DAYS } from './rules.ts';
import { findFile, findFileById, lockRecord, refreshRecord, setTrashed } from './store.ts';
import type { FileRow } from './store.ts';
import { emitFileEvent, requireId } from './views.ts';
import type { FileName } from './views.ts';

/** Moves a file to the trash of its record, for 7 days. */
export async function deleteFile(ctx: Context, input: FileName): Promise<FileRow> {
  const at = await authorize(ctx, 'files.delete', { project: input.project });
  const record = await lockRecord(ctx, at.organizationId, at.projectId, requireId(input.record));
  if (!record) throw new Refusal('not_found');
  if (record.delete_time) throw new Refusal('record_deleted');
  const file = await findFile(ctx, at.organizationId, record.id, input.path);
  if (!file) throw new Refusal('not_found');
  const now = ctx.platform.clock.now();
  await setTrashed(ctx, at.organizationId, file.id, now, new Date(now.getTime() + TRASH_DAYS * DAY));
  await refreshRecord(ctx, at.organizationId, record.id);
  await refreshPlayable(ctx, at.organizationId, record.id);
  await trashReferences(ctx, at.organizationId, [file.id], true);
  emitFileEvent(ctx, 'file.delete', at, file);
  return (await findFileById(ctx, at.organizationId, file.id)) ?? file;
}
