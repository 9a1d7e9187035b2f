import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { findFile } from './store.ts';
import type { FileRow } from './store.ts';
import { requireId } from './views.ts';
import type { FileName } from './views.ts';

/** One file, with what is known of its content. */
export async function getFile(ctx: Context, input: FileName): Promise<FileRow> {
  const at = await authorize(ctx, 'files.list', { project: input.project });
  const row = await findFile(ctx, at.organizationId, requireId(input.record), input.path);
  if (!row || row.project_id !== at.projectId) throw new Refusal('not_found');
  return row;
}
