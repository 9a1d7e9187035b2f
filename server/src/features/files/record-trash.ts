import { trashReferences } from '../../platform/blobs/references.ts';
import type { Context } from '../../platform/context.ts';
import { livingIds } from './store.ts';

/** A locked record went to the trash: what its files refer to counts as trash now. */
export const trashFilesOfRecord = (ctx: Context, organizationId: string, recordId: string): Promise<void> =>
  livingIds(ctx, organizationId, recordId).then((ids) => trashReferences(ctx, organizationId, ids, true));

/** A locked record came back: its files count again, but for those that were deleted one by one. */
export const restoreFilesOfRecord = (ctx: Context, organizationId: string, recordId: string): Promise<void> =>
  livingIds(ctx, organizationId, recordId).then((ids) => trashReferences(ctx, organizationId, ids, false));
