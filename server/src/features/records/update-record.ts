import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { cleanDescription, cleanTitle, emitRecordEvent, requireRecordId } from './rules.ts';
import { changeRecord, findRecord, lockRecord } from './store.ts';
import type { RecordRow } from './store.ts';

export interface UpdateRecord {
  readonly project: string;
  readonly record: string;
  readonly title: string;
  readonly description: string;
  /** The version the caller read; 0n takes whatever version there is. */
  readonly version: bigint;
  readonly fields: readonly string[];
}

/** Changes the named fields. Throws `version_conflict` for a stale version, `field_invalid` for a field that cannot be changed. */
export async function updateRecord(ctx: Context, input: UpdateRecord): Promise<RecordRow> {
  const at = await authorize(ctx, 'records.edit', { project: input.project });
  const unknown = input.fields.find((field) => field !== 'title' && field !== 'description');
  if (unknown !== undefined)
    throw new Refusal('field_invalid', {
      field: 'update_mask',
      sentence: `The field "${unknown}" of a record cannot be changed; title and description can.`,
    });
  const before = await lockRecord(ctx, at.organizationId, at.projectId, requireRecordId(input.record));
  if (!before) throw new Refusal('not_found');
  if (before.delete_time) throw new Refusal('record_deleted');
  if (input.version !== 0n && input.version !== before.version)
    throw new Refusal('version_conflict', { field: 'record.version' });

  const title = input.fields.includes('title') ? cleanTitle(input.title) : before.title;
  const description = input.fields.includes('description') ? cleanDescription(input.description) : before.description;
  const changes = [
    { field: 'title', before: before.title, after: title },
    { field: 'description', before: before.description, after: description },
  ].filter((change) => change.before !== change.after);
  if (changes.length > 0) {
    await changeRecord(ctx, at.organizationId, before.id, { title, description });
    emitRecordEvent(
      ctx,
      'record.update',
      at,
      { id: before.id, title },
      changes.map((change) => ({ ...change, before: short(change.before), after: short(change.after) })),
    );
  }
  const row = await findRecord(ctx, at.organizationId, at.projectId, before.id);
  if (!row) throw new Refusal('not_found');
  return row;
}

/** An event keeps what changed, not whole documents. */
const short = (text: string): string => (text.length > 1000 ? `${text.slice(0, 1000)}…` : text);
