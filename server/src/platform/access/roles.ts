import type { OrganizationRole, ProjectRole } from './grant.ts';

export interface ProjectFacts {
  readonly visibility: 'private' | 'internal' | 'public';
  readonly archived: boolean;
  /** The person's own row in the project. */
  readonly ownRole: ProjectRole | null;
  /** Whether instance and organization allow public projects; else Public counts as Internal. */
  readonly publicAllowed: boolean;
}

export type RoleReason =
  | 'organization_admin'
  | 'own_row'
  | 'inherited'
  | 'public'
  | 'private'
  | 'external'
  | 'not_active';

export interface RoleInProject {
  /** `public` is a visitor without a role of a member. */
  readonly role: ProjectRole | 'public' | null;
  readonly reason: RoleReason;
}

/** The role of a person in a project: the first rule that matches. `organizationRole` is null without an active membership. */
export function projectRole(organizationRole: OrganizationRole | null, project: ProjectFacts): RoleInProject {
  const isPublic = project.visibility === 'public' && project.publicAllowed;
  if (organizationRole === 'admin') return { role: 'admin', reason: 'organization_admin' };
  if (organizationRole === null)
    return isPublic ? { role: 'public', reason: 'public' } : { role: null, reason: 'not_active' };
  if (project.ownRole) return { role: project.ownRole, reason: 'own_row' };
  if (organizationRole === 'external')
    return isPublic ? { role: 'public', reason: 'public' } : { role: null, reason: 'external' };
  if (project.visibility === 'private') return { role: null, reason: 'private' };
  return { role: organizationRole === 'collaborator' ? 'collaborator' : 'viewer', reason: 'inherited' };
}

/** What a visitor of a public project may do. */
export const PUBLIC_VISITOR: ReadonlySet<string> = new Set([
  'projects.list',
  'projects.search',
  'projects.viewOverview',
  'records.list',
  'records.search',
  'records.view',
  'records.play',
  'files.list',
  'files.search',
  'files.preview',
  'files.download',
]);
