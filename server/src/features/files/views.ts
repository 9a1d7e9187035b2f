import type { Context } from '../../platform/context.ts';
import type { EnteredProject } from '../../platform/access/authorize.ts';
import { Refusal } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

export interface FileName {
  readonly project: string;
  readonly record: string;
  readonly path: string;
}

/** A record is named by its id only; anything else names nothing. */
export function requireId(id: string): string {
  if (!isId(id)) throw new Refusal('not_found');
  return id;
}

export const fileName = (file: { project_id: string; record_id: string; path: string }): string =>
  `projects/${file.project_id}/records/${file.record_id}/files/${file.path}`;

/** The event of a change to a file. */
export function emitFileEvent(
  ctx: Context,
  event: string,
  at: Pick<EnteredProject, 'projectId' | 'projectName'>,
  file: { project_id: string; record_id: string; path: string },
  changes: { field: string; before: string; after: string }[] = [],
): void {
  ctx.effects.emit({
    event,
    category: 'records and files',
    target: fileName(file),
    targetName: file.path,
    projectId: at.projectId,
    projectName: at.projectName,
    changes,
  });
}
