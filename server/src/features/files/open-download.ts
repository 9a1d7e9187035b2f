import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { findFile, findRecord } from './store.ts';
import type { FileRow } from './store.ts';
import { emitFileEvent, requireId } from './views.ts';
import type { FileName } from './views.ts';

/** Lets the caller have the bytes of a file; `first` says whether this begins a download or goes on with one. */
export async function openDownload(
  ctx: Context,
  input: FileName & { first: boolean },
): Promise<{ organizationId: string; file: FileRow }> {
  const at = await authorize(ctx, 'files.download', { project: input.project });
  const record = await findRecord(ctx, at.organizationId, at.projectId, requireId(input.record));
  if (!record) throw new Refusal('not_found');
  if (record.delete_time) throw new Refusal('record_deleted');
  const file = await findFile(ctx, at.organizationId, record.id, input.path);
  if (!file) throw new Refusal('not_found');
  if (input.first) emitFileEvent(ctx, 'file.download', at, file);
  return { organizationId: at.organizationId, file };
}
