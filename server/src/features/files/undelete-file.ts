import { authorize } from '../../platform/access/authorize.ts';
import { trashReferences } from '../../platform/blobs/references.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { refreshPlayable } from './playable.ts';
import { foldersOf } from './rules.ts';
import {
  clashesWithFolder,
  findFile,
  findFileById,
  findTrashed,
  lockRecord,
  refreshRecord,
  setTrashed,
} from './store.ts';
import type { FileRow } from './store.ts';
import { emitFileEvent, requireId } from './views.ts';
import type { FileName } from './views.ts';

/** Takes the file that was deleted last at a path back out of the trash. Throws `path_taken`, `path_is_folder`. */
export async function undeleteFile(ctx: Context, input: FileName): Promise<FileRow> {
  const at = await authorize(ctx, 'records.restoreVersion', { project: input.project });
  const record = await lockRecord(ctx, at.organizationId, at.projectId, requireId(input.record));
  if (!record) throw new Refusal('not_found');
  if (record.delete_time) throw new Refusal('record_deleted');
  const file = await findTrashed(ctx, at.organizationId, record.id, input.path);
  if (!file) throw new Refusal('not_found');
  if (await findFile(ctx, at.organizationId, record.id, input.path)) throw new Refusal('path_taken', { field: 'name' });
  if (await clashesWithFolder(ctx, at.organizationId, record.id, file.path, foldersOf(file.path)))
    throw new Refusal('path_is_folder', { field: 'name' });
  await setTrashed(ctx, at.organizationId, file.id, null, null);
  await refreshRecord(ctx, at.organizationId, record.id);
  await refreshPlayable(ctx, at.organizationId, record.id);
  await trashReferences(ctx, at.organizationId, [file.id], false);
  emitFileEvent(ctx, 'file.undelete', at, file);
  return (await findFileById(ctx, at.organizationId, file.id)) ?? file;
}
