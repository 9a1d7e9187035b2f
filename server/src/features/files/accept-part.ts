import { authorize } from '../../platform/access/authorize.ts';
import type { EnteredProject } from '../../platform/access/authorize.ts';
import { addReference, lockContent, trashReferences } from '../../platform/blobs/references.ts';
import { DAY, HOUR } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { recordingFormat } from '../../platform/recordings/index.ts';
import { RESERVATION_HOURS, TRASH_DAYS, UPLOAD_DAYS, foldersOf } from './rules.ts';
import { addFile, clashesWithFolder, findFile, lockRecord, refreshRecord, setTrashed } from './store.ts';
import { countPart, endUpload, findUpload, lockUpload } from './upload-store.ts';
import type { UploadRow } from './upload-store.ts';
import { emitFileEvent, fileName } from './views.ts';

export interface AcceptPart {
  readonly project: string;
  readonly upload: string;
  /** Where the part began. */
  readonly from: bigint;
  /** Bytes of the upload that are on disk for sure. */
  readonly received: bigint;
  /** SHA-256 of all bytes, when they are complete. */
  readonly sha256: Buffer | null;
}

/**
 * Acknowledges what is on disk. The last part makes the file visible, in the one transaction that also writes its
 * reference, its ledger row, its event and the job that reads it; a repeat finds the file. Answers the file's
 * resource name once it is there. Throws `upload_expired`, `offset_mismatch`, `checksum_mismatch`, `record_deleted`, `path_is_folder`.
 */
export async function acceptPart(ctx: Context, input: AcceptPart): Promise<string | null> {
  const at = await authorize(ctx, 'files.upload', { project: input.project });
  const seen = await findUpload(ctx, at.organizationId, input.upload);
  const record = seen && (await lockRecord(ctx, at.organizationId, at.projectId, seen.record_id));
  const upload = await lockUpload(ctx, at.organizationId, input.upload);
  if (!upload || !record || upload.account_id !== ctx.caller?.accountId) throw new Refusal('upload_expired');
  if (upload.file_id) return fileName(upload);
  if (upload.end_time) throw new Refusal('upload_expired');
  // Another server took a part meanwhile: what was acknowledged never goes back.
  if (upload.received !== input.from) throw new Refusal('offset_mismatch');
  const now = ctx.platform.clock.now().getTime();
  await countPart(
    ctx,
    at.organizationId,
    upload.id,
    input.received,
    new Date(now + RESERVATION_HOURS * HOUR),
    new Date(now + UPLOAD_DAYS * DAY),
  );
  if (!input.sha256 || input.received < upload.byte_size) return null;
  if (upload.sha256 && !upload.sha256.equals(input.sha256)) throw new Refusal('checksum_mismatch', { field: 'sha256' });
  if (record.delete_time) throw new Refusal('record_deleted');
  await makeFile(ctx, at, upload, input.sha256);
  return fileName(upload);
}

async function makeFile(ctx: Context, at: EnteredProject, upload: UploadRow, sha256: Buffer): Promise<void> {
  const { organizationId } = at;
  if (await clashesWithFolder(ctx, organizationId, upload.record_id, upload.path, foldersOf(upload.path)))
    throw new Refusal('path_is_folder', { field: 'path' });
  const replaced = await findFile(ctx, organizationId, upload.record_id, upload.path);
  const now = ctx.platform.clock.now();
  if (replaced) await setTrashed(ctx, organizationId, replaced.id, now, new Date(now.getTime() + TRASH_DAYS * DAY));
  const id = newId();
  const format = recordingFormat(upload.path);
  // Contents are locked in the order of their hashes everywhere: the replaced one may come first.
  const replacedFirst = replaced && Buffer.compare(replaced.sha256, sha256) < 0;
  if (replacedFirst) await trashReferences(ctx, organizationId, [replaced.id], true);
  await lockContent(ctx, organizationId, sha256, upload.byte_size);
  await ctx.platform.blobs.keep(upload.id, organizationId, sha256);
  await addFile(
    ctx,
    {
      organizationId,
      id,
      recordId: upload.record_id,
      projectId: at.projectId,
      path: upload.path,
      sha256,
      byteSize: upload.byte_size,
      creatorId: upload.account_id,
    },
    format,
  );
  await addReference(ctx, organizationId, sha256, { kind: 'file', id, projectId: at.projectId });
  if (replaced && !replacedFirst) await trashReferences(ctx, organizationId, [replaced.id], true);
  await endUpload(ctx, organizationId, upload.id, id);
  await refreshRecord(ctx, organizationId, upload.record_id);
  emitFileEvent(ctx, 'file.create', at, upload, [
    { field: 'sha256', before: replaced?.sha256.toString('hex') ?? '', after: sha256.toString('hex') },
    { field: 'byte_size', before: replaced ? String(replaced.byte_size) : '', after: String(upload.byte_size) },
  ]);
  if (format)
    ctx.effects.enqueue({
      task: 'read-recording',
      payload: { organizationId, fileId: id },
      key: `read-recording ${id}`,
    });
}
