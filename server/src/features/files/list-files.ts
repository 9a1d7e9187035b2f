import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { searchWords } from '../../platform/text.ts';
import { findRecord, listByPath } from './store.ts';
import type { FileRow } from './store.ts';
import { requireId } from './views.ts';

export interface ListFiles extends PageRequest {
  readonly project: string;
  readonly record: string;
  readonly search: string;
  readonly showDeleted: boolean;
}

/** Files of a record, by path; or those in its trash. */
export async function listFiles(ctx: Context, input: ListFiles): Promise<Page<FileRow>> {
  const at = await authorize(ctx, 'files.list', { project: input.project });
  const record = await findRecord(ctx, at.organizationId, at.projectId, requireId(input.record));
  if (!record) throw new Refusal('not_found');
  const list = `files ${record.id} ${input.showDeleted}`;
  const rows = await listByPath(ctx, at.organizationId, record.id, {
    words: searchWords(input.search),
    deleted: input.showDeleted,
    after: openCursor(ctx, list, input),
    limit: pageSize(input) + 1,
  });
  return toPage(ctx, list, input, rows, (row) => [row.path, row.id]);
}
