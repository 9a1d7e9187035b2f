import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { searchWords } from '../../platform/text.ts';
import { listNewest } from './store.ts';
import type { RecordRow } from './store.ts';

export interface ListRecords extends PageRequest {
  readonly project: string;
  readonly search: string;
  readonly showDeleted: boolean;
}

/** Records of a project, newest first; or those in its trash, last deleted first. */
export async function listRecords(ctx: Context, input: ListRecords): Promise<Page<RecordRow>> {
  const at = await authorize(ctx, 'records.list', { project: input.project });
  const list = `records ${at.projectId} ${input.showDeleted}`;
  const rows = await listNewest(ctx, at.organizationId, at.projectId, {
    words: searchWords(input.search),
    deleted: input.showDeleted,
    after: openCursor(ctx, list, input),
    limit: pageSize(input) + 1,
  });
  return toPage(ctx, list, input, rows, (row) => [(row.delete_time ?? row.create_time).toISOString(), row.id]);
}
