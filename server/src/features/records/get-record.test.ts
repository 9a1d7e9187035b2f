import type { Organization } from '@muster/api/organization';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import type { Record as MusterRecord } from '@muster/api/record';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let project: Project;
let record: MusterRecord;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  project = await server.makeProject(admin, organization, 'drives');
  record = await server.client(RecordService, admin).createRecord({ parent: project.name, title: 'Drive' });
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (name: string, caller: Caller = admin) => server.client(RecordService, caller).getRecord({ name });
const id = (): string => idOf(record.name);

it('finds it under its project, by id or slug, and answers ids', async () => {
  expect(await get(record.name)).toEqual(record);
  expect(await get(`projects/drives/records/${id()}`)).toEqual(record);
});

it('finds nothing under another project, by another id, or by what is no id', async () => {
  const other = await server.makeProject(admin, organization, 'other');
  for (const name of [
    `projects/other/records/${id()}`,
    `${other.name}/records/${id()}`,
    `${project.name}/records/${newId()}`,
    `${project.name}/records/Drive`,
    `${project.name}/records/${id().toUpperCase()}`,
    `${project.name}/records/%00`,
  ])
    expect(await refused(get(name))).toMatchObject({ reason: 'not_found' });
});

it.each([['records/x'], ['projects//records/x'], ['projects/a/records/b/c'], ['projects/a/records/'], ['']])(
  'takes %j for no name',
  async (name) => {
    expect(await refused(get(name))).toMatchObject({ reason: 'field_invalid', field: 'name' });
  },
);

it('is nothing to a member of another organization, under their own project either', async () => {
  const stranger = await server.signIn('stranger@example.com');
  const theirs = await server.makeProject(stranger, await server.makeOrganization(stranger));
  expect(await refused(get(record.name, stranger))).toMatchObject({ reason: 'not_found' });
  expect(await refused(get(`${theirs.name}/records/${id()}`, stranger))).toMatchObject({ reason: 'not_found' });
});
