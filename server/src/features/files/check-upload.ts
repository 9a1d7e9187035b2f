import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { fileName } from './views.ts';
import { findUpload } from './upload-store.ts';

export interface UploadView {
  readonly id: string;
  readonly byteSize: bigint;
  /** Bytes that were acknowledged. */
  readonly received: bigint;
  readonly expireTime: Date;
  /** Resource name of the file that it became, once complete. */
  readonly file: string | null;
}

/** Where an upload stands. Only who began it may ask; to all others it has never been. */
export async function checkUpload(ctx: Context, input: { project: string; upload: string }): Promise<UploadView> {
  const at = await authorize(ctx, 'files.upload', { project: input.project });
  const upload = await findUpload(ctx, at.organizationId, input.upload);
  if (!upload || upload.project_id !== at.projectId || upload.account_id !== ctx.caller?.accountId)
    throw new Refusal('upload_expired');
  if (upload.end_time && !upload.file_id) throw new Refusal('upload_expired');
  if (!upload.file_id && upload.expire_time <= ctx.platform.clock.now()) throw new Refusal('upload_expired');
  return {
    id: upload.id,
    byteSize: upload.byte_size,
    received: upload.received,
    expireTime: upload.expire_time,
    file: upload.file_id ? fileName(upload) : null,
  };
}
