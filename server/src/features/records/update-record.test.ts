import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Organization } from '@muster/api/organization';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import type { Record as MusterRecord, RecordSchema } from '@muster/api/record';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let project: Project;
let record: MusterRecord;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  project = await server.makeProject(admin, organization);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  record = await server
    .client(RecordService, admin)
    .createRecord({ parent: project.name, title: 'Drive', description: 'Dry.' });
});

const update = (
  change: MessageInitShape<typeof RecordSchema>,
  paths: string[] = Object.keys(change),
  caller: Caller = admin,
) =>
  server
    .client(RecordService, caller)
    .updateRecord({ record: { name: record.name, ...change }, updateMask: { paths } });
const read = () => server.client(RecordService, admin).getRecord({ name: record.name });
const lastChanges = async (): Promise<unknown> => {
  const { rows } = await server.owner.query<{ event: string; changes: unknown }>(
    'select event, changes from events where organization_id = $1 order by seq desc limit 1',
    [idOf(organization.name)],
  );
  return rows[0];
};

describe('the mask', () => {
  it('names what changes, and nothing else does', async () => {
    expect(await update({ title: ' Wet drive ', description: 'Never.' }, ['title'])).toMatchObject({
      title: 'Wet drive',
      description: 'Dry.',
      version: 2n,
    });
    expect(await lastChanges()).toEqual({
      event: 'record.update',
      changes: [{ field: 'title', before: 'Drive', after: 'Wet drive' }],
    });
    expect(await update({ description: '' }, ['description'])).toMatchObject({ title: 'Wet drive', description: '' });
    expect(await update({ title: 'A', description: 'B' }, ['title', 'description'])).toMatchObject({
      title: 'A',
      description: 'B',
      version: 4n,
    });
  });

  it.each([['creator'], ['byte_size'], ['byteSize'], ['name'], ['version'], ['*'], ['title.x'], ['']])(
    'may not name %j',
    async (path) => {
      expect(await refused(update({ title: 'New', creator: 'x' }, ['title', path]))).toMatchObject({
        reason: 'field_invalid',
        field: 'update_mask',
      });
      expect(await read()).toMatchObject({ title: 'Drive', version: 1n });
    },
  );

  it('must be there', async () => {
    const call = server.client(RecordService, admin).updateRecord({ record: { name: record.name, title: 'New' } });
    expect(await refused(call)).toMatchObject({ reason: 'field_invalid', field: 'update_mask' });
  });
});

it('changes nothing, no version and no log, when the values are the same', async () => {
  const before = await lastChanges();
  expect(await update({ title: 'Drive', description: 'Dry.' })).toMatchObject({ version: 1n });
  expect(await lastChanges()).toEqual(before);
});

describe('a version that is not the newest', () => {
  it('is refused, the text that was faster stays, and both can be shown', async () => {
    await update({ title: 'Theirs', version: 1n }, ['title']);
    const mine = { title: 'Mine', version: 1n };
    expect(await refused(update(mine, ['title']))).toMatchObject({
      reason: 'version_conflict',
      field: 'record.version',
    });
    const theirs = await read();
    expect([theirs.title, mine.title]).toEqual(['Theirs', 'Mine']);
    expect(await update({ ...mine, version: theirs.version }, ['title'])).toMatchObject({ title: 'Mine', version: 3n });
  });

  it('is what nine of ten callers at once have', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_unused, index) =>
        outcomeOf(update({ title: `Writer ${index}`, version: 1n }, ['title'])),
      ),
    );
    expect(outcomes.toSorted()).toEqual(['ok', ...Array<string>(9).fill('version_conflict')]);
    expect((await read()).version).toBe(2n);
  });

  it('is no matter to a caller who asks for none', async () => {
    await Promise.all(Array.from({ length: 10 }, (_unused, index) => update({ title: `Writer ${index}` })));
    expect((await read()).version).toBe(11n);
  });
});

it('holds titles and descriptions to the rules of a new record', async () => {
  expect(await refused(update({ title: '  ' }))).toMatchObject({ reason: 'field_invalid', field: 'title' });
  expect(await refused(update({ title: 'a\nb' }))).toMatchObject({ reason: 'text_invalid', field: 'title' });
  expect(await refused(update({ title: 'a'.repeat(256) }))).toMatchObject({ reason: 'field_invalid' });
  expect(await refused(update({ description: 'a'.repeat(20_001) }))).toMatchObject({ reason: 'field_invalid' });
  expect(await outcomeOf(update({ description: 'é'.repeat(20_000) }))).toBe('ok');
});

it('keeps the log short when a document is long', async () => {
  await update({ description: 'x'.repeat(20_000) });
  const { rows } = await server.owner.query<{ bytes: number }>(
    'select octet_length(changes::text) as bytes from events where organization_id = $1 order by seq desc limit 1',
    [idOf(organization.name)],
  );
  expect(rows[0]?.bytes).toBeLessThanOrEqual(16 * 1024);
});

it('refuses a record in the trash, in an archived project, of a viewer, and of somebody else', async () => {
  const viewer = await server.signIn('viewer@example.com');
  await server.addMember(organization, viewer, 'viewer');
  expect(await refused(update({ title: 'X' }, ['title'], viewer))).toMatchObject({
    reason: 'not_permitted',
    missing: 'records.edit',
  });
  const stranger = await server.signIn('stranger@example.com');
  expect(await refused(update({ title: 'X' }, ['title'], stranger))).toMatchObject({ reason: 'not_found' });
  await server.client(RecordService, admin).deleteRecord({ name: record.name });
  expect(await refused(update({ title: 'X' }))).toMatchObject({ reason: 'record_deleted' });
  await server.owner.query('update projects set archive_time = now() where id = $1', [idOf(project.name)]);
  expect(await refused(update({ title: 'X' }))).toMatchObject({ reason: 'project_archived' });
  await server.owner.query('update projects set archive_time = null where id = $1', [idOf(project.name)]);
});
