import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { OrganizationFacts, Question } from './decide.ts';
import type { OrganizationRole, ProjectRole } from './grant.ts';
import { ALL_PERMISSIONS, PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { projectRole } from './roles.ts';
import type { ProjectFacts } from './roles.ts';

const PROJECT_ID = '01890000-0000-7000-8000-000000000001';
const ids = [...ALL_PERMISSIONS.keys()].filter((id): id is Permission => Object.hasOwn(PERMISSIONS, id));
const organization = (role: OrganizationRole | null, more: Partial<OrganizationFacts> = {}): OrganizationFacts => ({
  state: 'active',
  membershipState: role ? 'active' : null,
  role,
  duties: [],
  ...more,
});
const project = (more: Partial<ProjectFacts> = {}): ProjectFacts & { id: string } => ({
  id: PROJECT_ID,
  visibility: 'private',
  archived: false,
  ownRole: null,
  publicAllowed: false,
  ...more,
});
const ask = (permission: Permission, more: Partial<Question> = {}): ReturnType<typeof decide> =>
  decide({ permission, credential: 'session', organization: organization('admin'), project: project(), ...more });
const reason = (decision: ReturnType<typeof decide>): string => (decision.allowed ? 'allowed' : decision.reason);

describe('decide', () => {
  for (const id of ids) {
    const grant = ALL_PERMISSIONS.get(id);
    test(`${id}: every role, and every way of being outside`, () => {
      for (const role of ['admin', 'collaborator', 'viewer', 'external'] as const) {
        if (grant?.level !== 'organization') continue;
        expect(reason(ask(id, { organization: organization(role) })), role).toBe(
          grant.roles.has(role) ? 'allowed' : 'not_permitted',
        );
      }
      for (const role of ['admin', 'collaborator', 'viewer', 'annotator', 'collector', 'auditor'] as const) {
        if (grant?.level !== 'project') continue;
        expect(
          reason(ask(id, { organization: organization('external'), project: project({ ownRole: role }) })),
          role,
        ).toBe(grant.roles.has(role) ? 'allowed' : 'not_permitted');
      }
      expect(reason(ask(id, { credential: 'none' }))).toBe('login_required');
      expect(reason(ask(id, { organization: null }))).toBe('not_found');
      expect(reason(ask(id, { organization: organization(null) }))).toBe('not_found');
      expect(reason(ask(id, { organization: organization('admin', { membershipState: 'disabled' }) }))).toBe(
        'membership_disabled',
      );
      expect(reason(ask(id, { organization: organization('admin', { membershipState: 'suspended' }) }))).toBe(
        'membership_suspended',
      );
      const allowedForAdmin = grant?.level === 'project' || grant?.roles.has('admin');
      expect(reason(ask(id, { organization: organization('admin', { state: 'trashed' }) }))).toBe(
        id === 'organization.restore' ? 'allowed' : allowedForAdmin ? 'organization_trashed' : 'not_permitted',
      );
      expect(reason(ask(id, { organization: organization('admin', { state: 'suspended' }) }))).toBe(
        grant?.writes && id !== 'organization.restore' ? 'organization_suspended' : 'allowed',
      );
      const survives = id === 'projects.unarchive' || id === 'projects.delete' || grant?.level === 'organization';
      if (grant?.level === 'project')
        expect(reason(ask(id, { project: project({ archived: true }) }))).toBe(
          grant.writes && !survives ? 'project_archived' : 'allowed',
        );
      expect(reason(ask(id, { credential: { scopes: ['all'], projectIds: null } }))).toBe(
        grant?.sessionOnly ? 'session_required' : 'allowed',
      );
      const other = grant?.scope === 'audit:read' ? 'usage:read' : 'audit:read';
      expect(reason(ask(id, { credential: { scopes: [other], projectIds: null } }))).toBe(
        grant?.sessionOnly ? 'session_required' : 'scope_missing',
      );
      const shownToBound = id === 'profile.view' || id === 'activities.view' ? 'allowed' : 'scope_missing';
      expect(reason(ask(id, { credential: { scopes: ['all'], projectIds: ['another'] } }))).toBe(
        grant?.level === 'project' ? 'not_found' : grant?.sessionOnly ? 'session_required' : shownToBound,
      );
    });
  }
});

describe('projectRole', () => {
  const cases: [string, OrganizationRole | null, Partial<ProjectFacts>, ProjectRole | 'public' | null, string][] = [
    [
      'an admin of the organization is admin of every project',
      'admin',
      { ownRole: 'viewer' },
      'admin',
      'organization_admin',
    ],
    [
      'an own row beats inheritance upwards',
      'viewer',
      { visibility: 'internal', ownRole: 'admin' },
      'admin',
      'own_row',
    ],
    [
      'an own row beats inheritance downwards',
      'collaborator',
      { visibility: 'internal', ownRole: 'viewer' },
      'viewer',
      'own_row',
    ],
    [
      'a collaborator inherits in an internal project',
      'collaborator',
      { visibility: 'internal' },
      'collaborator',
      'inherited',
    ],
    ['a viewer inherits in an internal project', 'viewer', { visibility: 'internal' }, 'viewer', 'inherited'],
    ['nobody inherits in a private project', 'collaborator', {}, null, 'private'],
    ['an external user inherits nothing', 'external', { visibility: 'internal' }, null, 'external'],
    [
      'an external user visits a public project',
      'external',
      { visibility: 'public', publicAllowed: true },
      'public',
      'public',
    ],
    ['a stranger visits a public project', null, { visibility: 'public', publicAllowed: true }, 'public', 'public'],
    [
      'public counts as internal while it is not allowed',
      'collaborator',
      { visibility: 'public' },
      'collaborator',
      'inherited',
    ],
    ['a stranger has no role', null, { visibility: 'public' }, null, 'not_active'],
  ];
  test.each(cases)('%s', (_title, role, facts, expected, why) => {
    expect(projectRole(role, project(facts))).toEqual({ role: expected, reason: why });
  });
});
