import { AccessTokenService } from '@muster/api/access_token';
import { OrganizationService } from '@muster/api/organization';
import type { Organization } from '@muster/api/organization';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
});
afterAll(() => server[Symbol.asyncDispose]());

async function counters(caller: Caller): Promise<string> {
  const { name } = organization;
  const found = await server.client(OrganizationService, caller).getOrganizationCounters({ name });
  return `${found.projectCount} projects, ${found.recordCount} records, ${found.deviceCount} devices`;
}

it('counts the whole organization, at once and without the trash', async () => {
  const records = server.client(RecordService, admin);
  expect(await counters(admin)).toBe('0 projects, 0 records, 0 devices');
  const first = await server.makeProject(admin, organization);
  const second = await server.makeProject(admin, organization);
  const made = [];
  for (const parent of [first.name, first.name, second.name])
    made.push(await records.createRecord({ parent, title: 'A' }));
  expect(await counters(admin)).toBe('2 projects, 3 records, 0 devices');
  const [{ name } = { name: '' }] = made;
  await records.deleteRecord({ name });
  await records.deleteRecord({ name });
  expect(await counters(admin)).toBe('2 projects, 2 records, 0 devices');
  await records.undeleteRecord({ name });
  await records.undeleteRecord({ name });
  expect(await counters(admin)).toBe('2 projects, 3 records, 0 devices');
});

it('counts right when fifty records are made at once', async () => {
  const before = await counters(admin);
  const project = await server.makeProject(admin, organization);
  const records = server.client(RecordService, admin);
  await Promise.all(Array.from({ length: 50 }, () => records.createRecord({ parent: project.name, title: 'A' })));
  expect(before).toBe('2 projects, 3 records, 0 devices');
  expect(await counters(admin)).toBe('3 projects, 53 records, 0 devices');
});

it('gives members numbers of projects they may not open, and external users none', async () => {
  const viewer = await server.signIn('viewer@example.com');
  const external = await server.signIn('external@example.com');
  await server.addMember(organization, viewer, 'viewer');
  await server.addMember(organization, external, 'external');
  await server.owner.query("update projects set visibility = 'private'");
  expect(await counters(viewer)).toBe('3 projects, 53 records, 0 devices');
  expect(await counters(external)).toBe('0 projects, 0 records, 0 devices');
  const project = await server.makeProject(admin, organization);
  await server.addProjectMember(organization, project, external, 'viewer');
  await server.client(RecordService, admin).createRecord({ parent: project.name, title: 'A' });
  expect(await counters(external)).toBe('1 projects, 1 records, 0 devices');
});

it('gives a token that is bound to a project the numbers of that one', async () => {
  const project = await server.makeProject(admin, organization);
  const { token } = await server.client(AccessTokenService, admin).createAccessToken({
    parent: organization.name,
    displayName: 'bound',
    projects: [project.name],
  });
  expect(await counters({ headers: { authorization: `Bearer ${token}` } })).toBe('1 projects, 0 records, 0 devices');
});
