import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { recordAlong } from './store.ts';
import type { RecordRow } from './store.ts';

/** One record; one in the trash too, with its delete_time. */
export async function getRecord(ctx: Context, input: { project: string; record: string }): Promise<RecordRow> {
  const at = await authorize(ctx, 'records.view', { project: input.project }, recordAlong(ctx, input.record));
  if (!at.found) throw new Refusal('not_found');
  return at.found;
}
