export { decide } from './decide.ts';
export type { Decision, Denial, OrganizationFacts, Question, TokenFacts } from './decide.ts';
export type { Duty, Grant, OrganizationRole, ProjectRole } from './grant.ts';
export { ALL_PERMISSIONS, PERMISSIONS } from './permissions.ts';
export type { Permission } from './permissions.ts';
export { projectRole } from './roles.ts';
export type { ProjectFacts, RoleInProject } from './roles.ts';
export { PRESETS, SCOPES, isScope } from './scopes.ts';
export type { Scope } from './scopes.ts';
