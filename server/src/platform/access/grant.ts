import type { Scope } from './scopes.ts';

export type OrganizationRole = 'admin' | 'collaborator' | 'viewer' | 'external';
export type ProjectRole = 'admin' | 'collaborator' | 'viewer' | 'annotator' | 'collector' | 'auditor';
export type Duty = 'billing_viewer' | 'audit_viewer';

/** Who has an operation, and what a token needs for it. */
export interface Grant {
  readonly level: 'organization' | 'project';
  /** Whether it changes anything: archived projects and suspended organizations refuse what does. */
  readonly writes: boolean;
  /** Roles at its level, separated by blanks. */
  readonly roles: ReadonlySet<string>;
  readonly scope: Scope;
  /** A duty that gives it too. */
  readonly duty: Duty | null;
  /** Nothing a token may do: it needs a person who is signed in. */
  readonly sessionOnly: boolean;
}

interface Extras {
  readonly duty?: Duty;
  readonly sessionOnly?: boolean;
}

const grant = (
  level: Grant['level'],
  kind: 'reads' | 'writes',
  roles: string,
  scope: Scope,
  extras: Extras,
): Grant => ({
  level,
  writes: kind === 'writes',
  roles: new Set(roles.split(' ')),
  scope,
  duty: extras.duty ?? null,
  sessionOnly: extras.sessionOnly ?? false,
});

export const organization = (kind: 'reads' | 'writes', roles: string, scope: Scope, extras: Extras = {}): Grant =>
  grant('organization', kind, roles, scope, extras);
export const project = (kind: 'reads' | 'writes', roles: string, scope: Scope, extras: Extras = {}): Grant =>
  grant('project', kind, roles, scope, extras);
