import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { claimRequest } from '../../platform/idempotency.ts';
import { cleanDescription, cleanTitle, emitRecordEvent } from './rules.ts';
import { addRecord, findRecord } from './store.ts';
import type { RecordRow } from './store.ts';

export interface CreateRecord {
  readonly project: string;
  readonly title: string;
  readonly description: string;
  readonly requestId: string;
}

/** Makes an empty record. */
export async function createRecord(ctx: Context, input: CreateRecord): Promise<RecordRow> {
  const at = await authorize(ctx, 'records.create', { project: input.project });
  if (!ctx.caller) throw new Refusal('login_required');
  const title = cleanTitle(input.title);
  const description = cleanDescription(input.description);
  const { id, repeated } = await claimRequest(ctx, input.requestId, { project: at.projectId, title, description });
  if (!repeated) {
    await addRecord(ctx, {
      organizationId: at.organizationId,
      projectId: at.projectId,
      id,
      title,
      description,
      creatorId: ctx.caller.accountId,
    });
    emitRecordEvent(ctx, 'record.create', at, { id, title });
  }
  const row = await findRecord(ctx, at.organizationId, at.projectId, id);
  if (!row) throw new Refusal('not_found');
  return row;
}
