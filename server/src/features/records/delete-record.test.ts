import type { Organization } from '@muster/api/organization';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import type { Record as MusterRecord } from '@muster/api/record';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { sweep } from '../files/index.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let project: Project;
let record: MusterRecord;
const DAY = 24 * 60 * 60_000;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  project = await server.makeProject(admin, organization);
  record = await server.client(RecordService, admin).createRecord({ parent: project.name, title: 'Drive' });
});

const records = (caller: Caller = admin) => server.client(RecordService, caller);
const remove = (caller?: Caller) => records(caller).deleteRecord({ name: record.name });
const restore = (caller?: Caller) => records(caller).undeleteRecord({ name: record.name });
const titles = async (showDeleted: boolean): Promise<string[]> =>
  (await records().listRecords({ parent: project.name, showDeleted })).records.map((row) => row.title);
const eventsOfRecord = async (): Promise<string[]> => {
  const { rows } = await server.owner.query<{ event: string }>(
    'select event from events where organization_id = $1 and target = $2 order by seq',
    [idOf(organization.name), record.name],
  );
  return rows.map((row) => row.event);
};

describe('deleting a record', () => {
  it('moves it from the list to the trash for seven days', async () => {
    const gone = await remove();
    expect(Number(gone.purgeTime?.seconds) - Number(gone.deleteTime?.seconds)).toBe(7 * 86_400);
    expect(await titles(false)).toEqual([]);
    expect(await titles(true)).toEqual(['Drive']);
    expect((await records().getRecord({ name: record.name })).deleteTime).toEqual(gone.deleteTime);
  });

  it('twice changes nothing more', async () => {
    const first = await remove();
    server.clock.forward(DAY);
    expect((await remove()).purgeTime).toEqual(first.purgeTime);
    expect(await eventsOfRecord()).toEqual(['record.create', 'record.delete']);
  });

  it('at once by ten callers is one deletion', async () => {
    await Promise.all(Array.from({ length: 10 }, () => remove()));
    expect(await eventsOfRecord()).toEqual(['record.create', 'record.delete']);
  });

  it('and restoring at once by ten callers end in one of the two, and the log tells it', async () => {
    await Promise.all(Array.from({ length: 10 }, (_unused, index) => (index % 2 ? remove() : restore())));
    const events = await eventsOfRecord();
    const isDeleted = (await records().getRecord({ name: record.name })).deleteTime !== undefined;
    expect(events.at(-1)).toBe(isDeleted ? 'record.delete' : 'record.undelete');
    expect(events.slice(1)).toEqual(
      events.slice(1).map((_unused, index) => (index % 2 ? 'record.undelete' : 'record.delete')),
    );
    const { rows } = await server.owner.query<{ record_count: bigint }>(
      'select record_count from projects where id = $1',
      [idOf(project.name)],
    );
    expect(rows[0]?.record_count).toBe(isDeleted ? 0n : 1n);
  });
});

describe('restoring a record', () => {
  it('brings it back as it was', async () => {
    await remove();
    server.clock.forward(6 * DAY);
    const back = await restore();
    expect(back).toMatchObject({ name: record.name, title: 'Drive' });
    expect(back.deleteTime).toBeUndefined();
    expect(back.purgeTime).toBeUndefined();
    expect(await titles(false)).toEqual(['Drive']);
    server.clock.forward(2 * DAY);
    await sweep(server.platform);
    expect(await titles(false)).toEqual(['Drive']);
  });

  it('that is not in the trash changes nothing', async () => {
    expect(await restore()).toMatchObject({ name: record.name, version: 1n });
    expect(await eventsOfRecord()).toEqual(['record.create']);
  });

  it('is too late after seven days, whether it was swept up or not', async () => {
    await remove();
    server.clock.forward(7 * DAY);
    expect(await refused(restore())).toMatchObject({ reason: 'not_found' });
    await sweep(server.platform);
    expect(await refused(restore())).toMatchObject({ reason: 'not_found' });
    expect(await refused(records().getRecord({ name: record.name }))).toMatchObject({ reason: 'not_found' });
    expect(await titles(true)).toEqual([]);
    expect(await eventsOfRecord()).toEqual(['record.create', 'record.delete', 'record.purge']);
  });
});

describe('who may', () => {
  it.each([
    ['collaborator', 'ok', 'not_permitted'],
    ['viewer', 'not_permitted', 'not_permitted'],
    ['admin', 'ok', 'ok'],
  ])('as %s of the project: delete %s, restore %s', async (role, deletes, restores) => {
    const member = await server.signIn(`member-${role}@example.com`);
    await server.addMember(organization, member, 'external');
    await server.addProjectMember(organization, project, member, role);
    expect(await outcomeOf(remove(member))).toBe(deletes);
    await remove();
    expect(await outcomeOf(restore(member))).toBe(restores);
  });

  it('nobody else, who does not learn that it is there', async () => {
    const stranger = await server.signIn('stranger@example.com');
    expect(await refused(remove(stranger))).toMatchObject({ reason: 'not_found' });
    expect(await refused(restore(stranger))).toMatchObject({ reason: 'not_found' });
    expect(await titles(false)).toEqual(['Drive']);
  });
});
