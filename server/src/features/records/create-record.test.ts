import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Organization } from '@muster/api/organization';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import type { CreateRecordRequestSchema } from '@muster/api/record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let project: Project;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  project = await server.makeProject(admin, organization);
});
afterAll(() => server[Symbol.asyncDispose]());

const create = (wish: MessageInitShape<typeof CreateRecordRequestSchema> = {}, caller: Caller = admin) =>
  server.client(RecordService, caller).createRecord({ parent: project.name, title: 'Drive', ...wish });
const count = async (): Promise<number> => {
  const { rows } = await server.owner.query('select from records');
  return rows.length;
};

describe('creating a record', () => {
  it('makes an empty one, and a row of the log', async () => {
    const made = await create({ title: '  Night drive 🚗 ', description: '# Facts\n\n- wet\n' });
    expect(made).toMatchObject({
      title: 'Night drive 🚗',
      description: '# Facts\n\n- wet',
      creator: 'admin',
      fileCount: 0n,
      byteSize: 0n,
      playableSeconds: 0,
      version: 1n,
    });
    expect(made.name).toMatch(new RegExp(`^${project.name}/records/[0-9a-f-]{36}$`));
    expect(made.startTime).toBeUndefined();
    expect(made.deleteTime).toBeUndefined();
    const { rows } = await server.owner.query(
      'select event, category, outcome, target, target_name, project_id, project_name from events where organization_id = $1 order by seq desc limit 1',
      [idOf(organization.name)],
    );
    expect(rows).toEqual([
      {
        event: 'record.create',
        category: 'records and files',
        outcome: 'done',
        target: made.name,
        target_name: 'Night drive 🚗',
        project_id: idOf(project.name),
        project_name: project.displayName,
      },
    ]);
  });

  it('gives two records of one title two ids', async () => {
    expect((await create({ title: 'Twin' })).name).not.toBe((await create({ title: 'Twin' })).name);
  });

  it.each([
    ['a'],
    ['🚗'.repeat(255)],
    ['<script>alert(1)</script>'],
    ["'; drop table records; --"],
    ['=HYPERLINK("x")'],
  ])('keeps the title %j as it is', async (title) => {
    const made = await create({ title });
    const read = await server.client(RecordService, admin).getRecord({ name: made.name });
    expect(read.title).toBe(title);
  });

  it.each([
    ['title', '', 'field_invalid', 'title'],
    ['title', ' \u00A0 ', 'field_invalid', 'title'],
    ['title', 'a'.repeat(256), 'field_invalid', 'title'],
    ['title', 'a\nb', 'text_invalid', 'title'],
    ['title', 'a\u2028b', 'text_invalid', 'title'],
    ['title', 'a\u0000b', 'text_invalid', 'title'],
    ['title', '\u001B[31mred', 'text_invalid', 'title'],
    ['title', 'gepj.\u202Eexe', 'text_invalid', 'title'],
    ['description', 'a'.repeat(20_001), 'field_invalid', 'description'],
    ['description', 'a\u202Eb', 'text_invalid', 'description'],
  ])('with %s %j is refused, and nothing is made', async (field, value, reason, at) => {
    const before = await count();
    expect(await refused(create({ [field]: value }))).toMatchObject({ reason, field: at });
    expect(await count()).toBe(before);
  });
});

describe('who may create records', () => {
  it.each([
    ['collaborator', 'ok'],
    ['collector', 'ok'],
    ['admin', 'ok'],
    ['viewer', 'not_permitted'],
    ['annotator', 'not_permitted'],
    ['auditor', 'not_permitted'],
  ])('%s of the project: %s', async (role, outcome) => {
    const member = await server.signIn(`member-${role}@example.com`);
    await server.addMember(organization, member, 'external');
    await server.addProjectMember(organization, project, member, role);
    expect(await outcomeOf(create({}, member))).toBe(outcome);
  });

  it('nobody in an archived project', async () => {
    const archived = await server.makeProject(admin, organization);
    await server.owner.query('update projects set archive_time = now() where id = $1', [idOf(archived.name)]);
    expect(await refused(create({ parent: archived.name }))).toMatchObject({ reason: 'project_archived' });
  });
});

describe('the request key', () => {
  it('makes one record of ten calls at once, and all ten get it', async () => {
    const requestId = newId();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ requestId })));
    expect(new Set(answers.map((answer) => answer.name)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('is refused with another request, and in another project', async () => {
    const requestId = newId();
    await create({ requestId });
    const other = await server.makeProject(admin, organization);
    for (const wish of [{ title: 'Other' }, { description: 'more' }, { parent: other.name }])
      expect(await refused(create({ requestId, ...wish }))).toMatchObject({ reason: 'request_id_reused' });
  });

  it('finds its record again also when that one was changed or is in the trash', async () => {
    const requestId = newId();
    const { name } = await create({ requestId });
    const records = server.client(RecordService, admin);
    await records.updateRecord({ record: { name, title: 'Renamed' }, updateMask: { paths: ['title'] } });
    await records.deleteRecord({ name });
    expect(await create({ requestId })).toMatchObject({ name, title: 'Renamed' });
  });
});

it('writes fifty rows without a gap when fifty are made at once', async () => {
  const chain = idOf(organization.name);
  const head = async (): Promise<bigint> => {
    const { rows } = await server.owner.query<{ seq: bigint }>(
      'select seq from event_chains where organization_id = $1',
      [chain],
    );
    return rows[0]?.seq ?? 0n;
  };
  const before = await head();
  const made = await Promise.all(Array.from({ length: 50 }, (_unused, index) => create({ title: `Row ${index}` })));
  expect(await head()).toBe(before + 50n);
  const { rows } = await server.owner.query<{ seq: bigint; target: string }>(
    'select seq, target from events where organization_id = $1 and seq > $2 order by seq',
    [chain, before],
  );
  expect(rows.map((row) => row.seq)).toEqual(
    Array.from({ length: 50 }, (_unused, index) => before + 1n + BigInt(index)),
  );
  expect(rows.map((row) => row.target).toSorted()).toEqual(made.map((record) => record.name).toSorted());
});
