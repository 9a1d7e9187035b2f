import type { Organization } from '@muster/api/organization';
import { ProjectRole, ProjectService } from '@muster/api/project';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let project: Project;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin, 'acme');
  project = await server.makeProject(admin, organization, 'drives');
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (name: string, caller: Caller = admin) => server.client(ProjectService, caller).getProject({ name });
const inside = (caller: Caller, slug: string): Caller => ({
  headers: { ...caller.headers, 'muster-organization': slug },
});

it('finds it by id and by slug, and counts its records', async () => {
  const records = server.client(RecordService, admin);
  const record = await records.createRecord({ parent: project.name, title: 'A' });
  await records.createRecord({ parent: 'projects/drives', title: 'B' });
  expect((await get('projects/drives')).recordCount).toBe(2n);
  await records.deleteRecord({ name: record.name });
  const found = await get(project.name);
  expect(found).toMatchObject({ name: project.name, organization: organization.name, slug: 'drives', recordCount: 1n });
  expect(found.permissions).toContain('records.create');
});

it('finds a slug in the organization that is named, and asks for it when there are several', async () => {
  const other = await server.makeOrganization(admin, 'other');
  const second = await server.makeProject(admin, other, 'drives');
  expect(await refused(get('projects/drives'))).toMatchObject({ reason: 'organization_required' });
  expect((await get('projects/drives', inside(admin, 'acme'))).name).toBe(project.name);
  expect((await get('projects/drives', inside(admin, 'other'))).name).toBe(second.name);
  expect((await get(second.name)).organization).toBe(other.name);
  expect(await refused(get(second.name, inside(admin, 'acme')))).toMatchObject({ reason: 'not_found' });
});

it('lets an own row take rights away from a Collaborator, and inheritance come back without it', async () => {
  const collaborator = await server.signIn('collaborator@example.com');
  await server.addMember(organization, collaborator, 'collaborator');
  expect((await get(project.name, collaborator)).role).toBe(ProjectRole.COLLABORATOR);
  await server.addProjectMember(organization, project, collaborator, 'viewer');
  const lowered = await get(project.name, collaborator);
  expect(lowered.role).toBe(ProjectRole.VIEWER);
  expect(lowered.permissions).not.toContain('records.create');
  const create = server.client(RecordService, collaborator).createRecord({ parent: project.name, title: 'X' });
  expect(await refused(create)).toMatchObject({ reason: 'not_permitted', missing: 'records.create' });
  await server.owner.query('delete from project_members where account_id = $1', [collaborator.accountId]);
  expect((await get(project.name, collaborator)).role).toBe(ProjectRole.COLLABORATOR);
});

it('is nothing to strangers and to members without a role in it, exactly like one that is not there', async () => {
  const stranger = await server.signIn('stranger@example.com');
  const external = await server.signIn('external@example.com');
  await server.addMember(organization, external, 'external');
  for (const name of [project.name, `projects/${newId()}`])
    for (const caller of [stranger, external])
      expect(await refused(get(name, caller))).toMatchObject({ reason: 'not_found', missing: '', field: '' });
});
