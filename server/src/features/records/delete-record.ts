import { authorize } from '../../platform/access/authorize.ts';
import { DAY } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { trashFilesOfRecord } from '../files/index.ts';
import { TRASH_DAYS, emitRecordEvent, requireRecordId } from './rules.ts';
import { changeRecord, findRecord, lockRecord } from './store.ts';
import type { RecordRow } from './store.ts';

/** Moves a record with its files to the trash. Deleting it again changes nothing. */
export async function deleteRecord(ctx: Context, input: { project: string; record: string }): Promise<RecordRow> {
  const at = await authorize(ctx, 'records.delete', { project: input.project });
  const record = await lockRecord(ctx, at.organizationId, at.projectId, requireRecordId(input.record));
  if (!record) throw new Refusal('not_found');
  if (!record.delete_time) {
    const now = ctx.platform.clock.now();
    await changeRecord(ctx, at.organizationId, record.id, {
      deleteTime: now,
      purgeTime: new Date(now.getTime() + TRASH_DAYS * DAY),
    });
    await trashFilesOfRecord(ctx, at.organizationId, record.id);
    emitRecordEvent(ctx, 'record.delete', at, record);
  }
  const row = await findRecord(ctx, at.organizationId, at.projectId, record.id);
  if (!row) throw new Refusal('not_found');
  return row;
}
