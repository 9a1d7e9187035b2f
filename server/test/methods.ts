import { newId } from '../src/platform/ids.ts';
import type { Things } from './tenant.ts';

/** How the outsider tests call a method, and what it needs. */
export interface MethodCase {
  /** An operation of docs/permissions.csv or docs/permissions-added.csv; or what everybody, or everybody signed in, may do. */
  readonly needs: string;
  /** What the request names. Nothing: it is about the caller alone. */
  readonly names: 'organization' | 'project' | 'nothing';
  /** Answers every member, and shows each only what they may open. */
  readonly filtered?: true;
  /** No token may do it. */
  readonly sessionOnly?: true;
  readonly writes?: true;
  /** Another method that must have been called for the same things, so that this one can succeed. */
  readonly after?: string;
  request(things: Things): object;
}

export const ANYONE = 'anyone';
export const SIGNED_IN = 'signed in';

const organization = (things: Things): string => `organizations/${things.organization}`;
const project = (things: Things): string => `projects/${things.project}`;
const record = (things: Things): string => `${project(things)}/records/${things.record}`;
const file = (things: Things): string => `${record(things)}/files/${things.path}`;

const inOrganization = (needs: string, request: MethodCase['request'], more: Partial<MethodCase> = {}): MethodCase => ({
  needs,
  names: 'organization',
  request,
  ...more,
});
const inProject = (needs: string, request: MethodCase['request'], more: Partial<MethodCase> = {}): MethodCase => ({
  needs,
  names: 'project',
  request,
  ...more,
});
const personal = (needs: string, request: MethodCase['request'], more: Partial<MethodCase> = {}): MethodCase => ({
  needs,
  names: 'nothing',
  request,
  ...more,
});
const WRITES = { writes: true } as const;
const BY_PERSON = { writes: true, sessionOnly: true } as const;

/** Every method of the contract. One that is missing here fails the tests by its name. */
export const METHODS: Readonly<Record<string, MethodCase>> = {
  'muster.v1.AccessTokenService/CreateAccessToken': inOrganization(
    'accessTokens.create',
    (things) => ({ parent: organization(things), displayName: 'mine', requestId: newId() }),
    BY_PERSON,
  ),
  'muster.v1.AccessTokenService/ListAccessTokens': inOrganization('profile.view', (things) => ({
    parent: organization(things),
  })),
  'muster.v1.AccessTokenService/DeleteAccessToken': inOrganization(
    'accessTokens.delete',
    (things) => ({ name: `${organization(things)}/accessTokens/${things.accessToken}` }),
    BY_PERSON,
  ),
  'muster.v1.ActivityService/ListActivities': inOrganization('activities.view', (things) => ({
    parent: organization(things),
  })),
  'muster.v1.AuditService/ListAuditEvents': inOrganization('audit.view', (things) => ({
    parent: organization(things),
  })),
  'muster.v1.AuditService/VerifyAuditLog': inOrganization('audit.verify', (things) => ({
    parent: organization(things),
  })),
  'muster.v1.FileService/GetFile': inProject('files.list', (things) => ({ name: file(things) })),
  'muster.v1.FileService/ListFiles': inProject('files.list', (things) => ({ parent: record(things) })),
  'muster.v1.FileService/DeleteFile': inProject('files.delete', (things) => ({ name: file(things) }), WRITES),
  'muster.v1.FileService/UndeleteFile': inProject('records.restoreVersion', (things) => ({ name: file(things) }), {
    writes: true,
    after: 'muster.v1.FileService/DeleteFile',
  }),
  'muster.v1.OrganizationService/CreateOrganization': personal(
    SIGNED_IN,
    () => ({ displayName: 'Mine', slug: `mine-${newId().slice(-12)}`, termsAccepted: true, requestId: newId() }),
    BY_PERSON,
  ),
  'muster.v1.OrganizationService/GetOrganization': inOrganization('profile.view', (things) => ({
    name: organization(things),
  })),
  'muster.v1.OrganizationService/ListOrganizations': personal(SIGNED_IN, () => ({})),
  'muster.v1.OrganizationService/CheckOrganizationSlug': personal(SIGNED_IN, () => ({ slug: 'free-as-a-bird' })),
  'muster.v1.OrganizationService/GetOrganizationCounters': inOrganization('profile.view', (things) => ({
    name: organization(things),
  })),
  'muster.v1.ProjectService/CreateProject': inOrganization(
    'projects.create',
    (things) => ({
      parent: organization(things),
      displayName: `New ${newId()}`,
      slug: `new-${newId().slice(-12)}`,
      requestId: newId(),
    }),
    WRITES,
  ),
  'muster.v1.ProjectService/GetProject': inProject('projects.viewOverview', (things) => ({ name: project(things) })),
  'muster.v1.ProjectService/ListProjects': inOrganization(
    'projects.list',
    (things) => ({ parent: organization(things) }),
    { filtered: true },
  ),
  'muster.v1.RecordService/CreateRecord': inProject(
    'records.create',
    (things) => ({ parent: project(things), title: 'New', requestId: newId() }),
    WRITES,
  ),
  'muster.v1.RecordService/GetRecord': inProject('records.view', (things) => ({ name: record(things) })),
  'muster.v1.RecordService/ListRecords': inProject('records.list', (things) => ({ parent: project(things) })),
  'muster.v1.RecordService/UpdateRecord': inProject(
    'records.edit',
    (things) => ({ record: { name: record(things), title: 'Other' }, updateMask: 'title' }),
    WRITES,
  ),
  'muster.v1.RecordService/DeleteRecord': inProject('records.delete', (things) => ({ name: record(things) }), WRITES),
  'muster.v1.RecordService/UndeleteRecord': inProject(
    'records.restoreFromTrash',
    (things) => ({ name: record(things) }),
    { writes: true, after: 'muster.v1.RecordService/DeleteRecord' },
  ),
  'muster.v1.SessionService/RequestSignInCode': personal(ANYONE, () => ({ email: 'somebody@acme.example' }), WRITES),
  'muster.v1.SessionService/CreateSession': personal(
    ANYONE,
    () => ({ email: 'somebody@acme.example', code: '000000' }),
    WRITES,
  ),
  'muster.v1.SessionService/GetSession': personal(SIGNED_IN, () => ({}), { sessionOnly: true }),
  'muster.v1.SessionService/DeleteSession': personal(SIGNED_IN, () => ({}), BY_PERSON),
  'muster.v1.UsageService/GetUsageOverview': inOrganization('usage.view', (things) => ({
    parent: organization(things),
  })),
  'muster.v1.UsageService/ListUsageRows': inOrganization('usage.view', (things) => ({
    parent: organization(things),
    meter: 'storage.live',
  })),
};
