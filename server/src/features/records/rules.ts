import type { Context } from '../../platform/context.ts';
import { isId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/errors.ts';
import { cleanText } from '../../platform/text.ts';

/** Days a record stays in the trash. */
export const TRASH_DAYS = 7;

export const cleanTitle = (title: string): string => cleanText(title, { field: 'title', min: 1, max: 255 });
export const cleanDescription = (text: string): string =>
  cleanText(text, { field: 'description', min: 0, max: 20_000, lines: true });

/** A record is named by its id only; anything else names nothing. */
export function requireRecordId(id: string): string {
  if (!isId(id)) throw new Refusal('not_found');
  return id;
}

/** The event of a change to a record. */
export function emitRecordEvent(
  ctx: Context,
  event: string,
  at: { projectId: string; projectName: string },
  record: { id: string; title: string },
  changes: { field: string; before: string; after: string }[] = [],
): void {
  ctx.effects.emit({
    event,
    category: 'records and files',
    target: `projects/${at.projectId}/records/${record.id}`,
    targetName: record.title,
    projectId: at.projectId,
    projectName: at.projectName,
    changes,
  });
}
