import { authorize } from '../../platform/access/authorize.ts';
import { DAY, HOUR } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { LARGEST_FILE, RESERVATION_HOURS, UPLOAD_DAYS, cleanPath, foldersOf } from './rules.ts';
import { clashesWithFolder, findRecord } from './store.ts';
import { addUpload } from './upload-store.ts';
import { requireId } from './views.ts';

export interface BeginUpload {
  readonly project: string;
  readonly record: string;
  readonly path: string;
  /** Bytes. */
  readonly byteSize: bigint;
  /** Lower-case hexadecimal; empty when the client does not know it yet. */
  readonly sha256: string;
}

/** Opens an upload and reserves its bytes for 24 hours. Answers its id, and that of its project. */
export async function beginUpload(ctx: Context, input: BeginUpload): Promise<{ uploadId: string; projectId: string }> {
  const at = await authorize(ctx, 'files.upload', { project: input.project });
  if (!ctx.caller) throw new Refusal('login_required');
  const path = cleanPath(input.path);
  if (input.byteSize > LARGEST_FILE) throw new Refusal('file_too_large', { field: 'Upload-Length' });
  if (input.sha256 !== '' && !/^[0-9a-f]{64}$/.test(input.sha256))
    throw new Refusal('field_invalid', {
      field: 'sha256',
      sentence: 'sha256 must be 64 lower-case hexadecimal digits.',
    });
  const record = await findRecord(ctx, at.organizationId, at.projectId, requireId(input.record));
  if (!record) throw new Refusal('not_found', { field: 'record' });
  if (record.delete_time) throw new Refusal('record_deleted', { field: 'record' });
  if (await clashesWithFolder(ctx, at.organizationId, record.id, path, foldersOf(path)))
    throw new Refusal('path_is_folder', { field: 'path' });
  const id = newId();
  const now = ctx.platform.clock.now().getTime();
  await addUpload(ctx, {
    organizationId: at.organizationId,
    id,
    recordId: record.id,
    projectId: at.projectId,
    accountId: ctx.caller.accountId,
    path,
    byteSize: input.byteSize,
    sha256: input.sha256 ? Buffer.from(input.sha256, 'hex') : null,
    reserveUntil: new Date(now + RESERVATION_HOURS * HOUR),
    expireTime: new Date(now + UPLOAD_DAYS * DAY),
  });
  return { uploadId: id, projectId: at.projectId };
}
