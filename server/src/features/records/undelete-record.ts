import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { restoreFilesOfRecord } from '../files/index.ts';
import { emitRecordEvent, requireRecordId } from './rules.ts';
import { changeRecord, findRecord, lockRecord } from './store.ts';
import type { RecordRow } from './store.ts';

/** Takes a record with its files back out of the trash. Restoring a record that is not there changes nothing. */
export async function undeleteRecord(ctx: Context, input: { project: string; record: string }): Promise<RecordRow> {
  const at = await authorize(ctx, 'records.restoreFromTrash', { project: input.project });
  const record = await lockRecord(ctx, at.organizationId, at.projectId, requireRecordId(input.record));
  // Past its time it is gone, also when nobody has swept it up yet.
  if (!record || (record.purge_time && record.purge_time <= ctx.platform.clock.now())) throw new Refusal('not_found');
  if (record.delete_time) {
    await changeRecord(ctx, at.organizationId, record.id, { deleteTime: null, purgeTime: null });
    await restoreFilesOfRecord(ctx, at.organizationId, record.id);
    emitRecordEvent(ctx, 'record.undelete', at, record);
  }
  const row = await findRecord(ctx, at.organizationId, at.projectId, record.id);
  if (!row) throw new Refusal('not_found');
  return row;
}
