import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { claimRequest } from '../../platform/idempotency.ts';
import { cleanText } from '../../platform/text.ts';
import { requireProjectSlug } from './rules.ts';
import { addProject, findProject } from './store.ts';
import type { ProjectRow } from './store.ts';

export interface CreateProject {
  readonly organization: string;
  readonly displayName: string;
  readonly slug: string;
  readonly description: string;
  readonly visibility: 'private' | 'internal';
  readonly requestId: string;
}

/** Makes a project; the caller becomes its Admin. Throws `slug_taken`, `name_taken`, `slug_invalid`, `slug_reserved`. */
export async function createProject(
  ctx: Context,
  input: CreateProject,
): Promise<{ row: ProjectRow; organizationId: string }> {
  const { organizationId } = await authorize(ctx, 'projects.create', { organization: input.organization });
  if (!ctx.caller) throw new Refusal('login_required');
  const displayName = cleanText(input.displayName, { field: 'display_name', min: 1, max: 64, reason: 'name_invalid' });
  const description = cleanText(input.description, { field: 'description', min: 0, max: 500, lines: true });
  requireProjectSlug(input.slug);
  const { id, repeated } = await claimRequest(ctx, input.requestId, { ...input, requestId: '' });
  if (!repeated) {
    await addProject(ctx, {
      organizationId,
      id,
      slug: input.slug,
      displayName,
      description,
      visibility: input.visibility,
      creatorId: ctx.caller.accountId,
    }).catch(asRefusal);
    ctx.effects.emit({
      event: 'project.create',
      category: 'projects',
      target: `projects/${id}`,
      targetName: displayName,
      projectId: id,
      projectName: displayName,
    });
  }
  return { row: await findProject(ctx, organizationId, id), organizationId };
}

function asRefusal(error: unknown): never {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : null;
  if (constraint === 'projects_organization_id_slug_key') throw new Refusal('slug_taken', { field: 'slug' });
  if (constraint === 'projects_display_name') throw new Refusal('name_taken', { field: 'display_name' });
  throw error;
}
