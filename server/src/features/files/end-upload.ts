import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { endUpload as end, lockUpload } from './upload-store.ts';

/** Gives an upload up: its reservation ends, and its bytes can be dropped. A finished one stays a file. */
export async function endUpload(ctx: Context, input: { project: string; upload: string }): Promise<void> {
  const at = await authorize(ctx, 'files.upload', { project: input.project });
  const upload = await lockUpload(ctx, at.organizationId, input.upload);
  if (!upload || upload.account_id !== ctx.caller?.accountId) throw new Refusal('upload_expired');
  if (!upload.file_id && !upload.end_time) await end(ctx, at.organizationId, upload.id, null);
}
