import { authorize } from '../../platform/access/authorize.ts';
import { grantedProjectPermissions } from '../../platform/access/granted.ts';
import type { ProjectRole } from '../../platform/access/grant.ts';
import type { Context } from '../../platform/context.ts';
import { findProject } from './store.ts';
import type { ProjectRow } from './store.ts';

export interface ProjectView {
  readonly row: ProjectRow;
  readonly organizationId: string;
  readonly role: ProjectRole | null;
  readonly permissions: readonly string[];
}

/** A project, with what the caller may do in it. */
export async function getProject(ctx: Context, project: string): Promise<ProjectView> {
  const at = await authorize(ctx, 'projects.viewOverview', { project });
  const row = await findProject(ctx, at.organizationId, at.projectId);
  return {
    row,
    organizationId: at.organizationId,
    role: at.projectRole,
    permissions: grantedProjectPermissions(ctx, at.facts),
  };
}
