import type { Duty, Grant, OrganizationRole, ProjectRole } from './grant.ts';
import { PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { PUBLIC_VISITOR, projectRole } from './roles.ts';
import type { ProjectFacts } from './roles.ts';
import { scopesCover } from './scopes.ts';

/** Everything the permission function looks at. */
export interface Question {
  readonly permission: Permission;
  readonly credential: 'none' | 'session' | TokenFacts;
  /** Null where the organization is not there, or not the one the token belongs to. */
  readonly organization: OrganizationFacts | null;
  /** The project: its facts; null where it is not there; `any` when a project operation is asked for the organization's projects as a whole. */
  readonly project: (ProjectFacts & { readonly id: string }) | null | 'any';
}

export interface TokenFacts {
  readonly scopes: readonly string[];
  /** Projects the token is bound to; null for all. */
  readonly projectIds: readonly string[] | null;
}

export interface OrganizationFacts {
  readonly state: 'active' | 'suspended' | 'trashed';
  readonly membershipState: 'active' | 'suspended' | 'disabled' | 'left' | null;
  readonly role: OrganizationRole | null;
  readonly duties: readonly Duty[];
}

export type Denial =
  | 'login_required'
  | 'not_found'
  | 'not_permitted'
  | 'session_required'
  | 'scope_missing'
  | 'membership_disabled'
  | 'membership_suspended'
  | 'project_archived'
  | 'organization_suspended'
  | 'organization_trashed';

export type Decision =
  | { readonly allowed: true; readonly projectRole: ProjectRole | null }
  | { readonly allowed: false; readonly reason: Denial; readonly missing?: Permission };

const no = (reason: Denial, missing?: Permission): Decision =>
  missing ? { allowed: false, reason, missing } : { allowed: false, reason };

/**
 * The permission function: may the caller do this here? Nothing else decides it. Without any role on a thing the
 * answer is the one for a thing that is not there.
 */
export function decide(question: Question): Decision {
  const grant: Grant = PERMISSIONS[question.permission];
  if (question.credential === 'none') return no('login_required');
  const refused = membership(question);
  if (refused) return refused;
  const organization = question.organization;
  if (!organization) return no('not_found');
  const role = organization.membershipState === 'active' ? organization.role : null;
  const decided =
    grant.level === 'organization'
      ? atOrganization(question, grant, organization, role)
      : atProject(question, grant, role);
  if (!decided.allowed) return decided;
  const state = stateRefusal(question, grant, organization);
  if (state) return no(state);
  const token = tokenRefusal(question, grant);
  return token ? no(token, question.permission) : decided;
}

function membership(question: Question): Decision | null {
  const { organization, project } = question;
  if (!organization || organization.membershipState === null || organization.membershipState === 'left') {
    const isPublic = project !== null && project !== 'any' && project.visibility === 'public' && project.publicAllowed;
    return organization && isPublic ? null : no('not_found');
  }
  if (organization.membershipState === 'disabled') return no('membership_disabled');
  if (organization.membershipState === 'suspended') return no('membership_suspended');
  return null;
}

function atOrganization(
  question: Question,
  grant: Grant,
  organization: OrganizationFacts,
  role: OrganizationRole | null,
): Decision {
  if (role === null) return no('not_found');
  const byDuty = grant.duty !== null && role !== 'external' && organization.duties.includes(grant.duty);
  return grant.roles.has(role) || byDuty
    ? { allowed: true, projectRole: null }
    : no('not_permitted', question.permission);
}

function atProject(question: Question, grant: Grant, role: OrganizationRole | null): Decision {
  const { project, credential } = question;
  // A list over all projects: its rows are filtered by the same rule as a condition of the database.
  if (project === 'any') return role === null ? no('not_found') : { allowed: true, projectRole: null };
  if (project === null) return no('not_found');
  if (typeof credential === 'object' && credential.projectIds !== null && !credential.projectIds.includes(project.id))
    return no('not_found');
  const held = projectRole(role, project).role;
  if (held === null) return no('not_found');
  if (held === 'public')
    return PUBLIC_VISITOR.has(question.permission) ? { allowed: true, projectRole: null } : no('not_found');
  return grant.roles.has(held) ? { allowed: true, projectRole: held } : no('not_permitted', question.permission);
}

function stateRefusal(question: Question, grant: Grant, organization: OrganizationFacts): Denial | null {
  const { permission, project } = question;
  if (organization.state === 'trashed' && permission !== 'organization.restore') return 'organization_trashed';
  if (organization.state === 'suspended' && grant.writes && permission !== 'organization.restore')
    return 'organization_suspended';
  const archived = project !== null && project !== 'any' && project.archived;
  const survives = permission === 'projects.unarchive' || permission === 'projects.delete';
  return archived && grant.writes && !survives ? 'project_archived' : null;
}

/** What a token that is bound to projects may do in the organization: what shows it nothing of other projects. */
const FOR_BOUND_TOKENS: ReadonlySet<Permission> = new Set<Permission>(['profile.view', 'activities.view']);

function tokenRefusal({ credential, permission }: Question, grant: Grant): Denial | null {
  if (typeof credential !== 'object') return null;
  if (grant.sessionOnly) return 'session_required';
  const isOutside =
    credential.projectIds !== null && grant.level === 'organization' && !FOR_BOUND_TOKENS.has(permission);
  return !isOutside && scopesCover(credential.scopes, grant.scope) ? null : 'scope_missing';
}
