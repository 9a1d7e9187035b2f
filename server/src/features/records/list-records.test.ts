import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Project } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import type { ListRecordsRequestSchema, Record as MusterRecord } from '@muster/api/record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let project: Project;
let made: MusterRecord[];
const NEWEST_FIRST = ['7 Ärger', '6 night rain', '5 Rain at NIGHT', '4 100%', '3 a_b', '2 dock', '1 dock'];

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  const organization = await server.makeOrganization(admin);
  project = await server.makeProject(admin, organization);
  made = [];
  for (const title of NEWEST_FIRST.toReversed())
    made.push(await server.client(RecordService, admin).createRecord({ parent: project.name, title }));
  // All in one moment: the ids alone tell their order.
  await server.owner.query('update records set create_time = (select min(create_time) from records)');
});
afterAll(() => server[Symbol.asyncDispose]());

type Wish = MessageInitShape<typeof ListRecordsRequestSchema>;
const list = (wish: Wish = {}, caller: Caller = admin) =>
  server.client(RecordService, caller).listRecords({ parent: project.name, ...wish });
const titles = async (wish: Wish = {}): Promise<string[]> => (await list(wish)).records.map((record) => record.title);

async function pages(wish: Wish, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await list({ ...wish, pageToken });
    expect(page.records.length).toBeLessThanOrEqual(wish.pageSize ?? 50);
    found.push(...page.records.map((record) => record.title));
    pageToken = page.nextPageToken;
    await between();
  } while (pageToken !== '');
  return found;
}

describe('the pages of a list', () => {
  it.each([1, 2, 3, 6, 7, 8])('of %i hold every record once, newest first', async (pageSize) => {
    expect(await pages({ pageSize })).toEqual(NEWEST_FIRST);
  });

  it('lose and repeat none while others are made and the last one read is deleted', async () => {
    const records = server.client(RecordService, admin);
    let round = 0;
    const found = await pages({ pageSize: 3 }, async () => {
      if (round++ > 0) return;
      await records.createRecord({ parent: project.name, title: 'newer' });
      await records.deleteRecord({ name: made[4]?.name ?? '' });
    });
    expect(found).toEqual(NEWEST_FIRST);
    await records.undeleteRecord({ name: made[4]?.name ?? '' });
    const [newer] = (await list({ pageSize: 1 })).records;
    await records.deleteRecord({ name: newer?.name ?? '' });
    expect(await titles()).toEqual(NEWEST_FIRST);
  });

  it('hold fifty when nothing is said, and never more than a thousand', async () => {
    const other = await server.makeProject(admin, await server.makeOrganization(admin));
    const create = () => server.client(RecordService, admin).createRecord({ parent: other.name, title: 'Row' });
    await Promise.all(Array.from({ length: 51 }, create));
    const first = await list({ parent: other.name });
    expect(first.records).toHaveLength(50);
    expect((await list({ parent: other.name, pageToken: first.nextPageToken })).records).toHaveLength(1);
    expect((await list({ parent: other.name, pageSize: 2_000_000_000 })).records).toHaveLength(51);
    expect(await refused(list({ pageSize: -1 }))).toMatchObject({ reason: 'field_invalid', field: 'page_size' });
  });

  it('begin with a token of this list only', async () => {
    const { nextPageToken } = await list({ pageSize: 2 });
    const other = await server.makeProject(admin, await server.makeOrganization(admin));
    const [body, signature] = nextPageToken.split('.');
    for (const wish of [
      { pageToken: 'x' },
      { pageToken: `${body}.` },
      { pageToken: `${Buffer.from('[]').toString('base64url')}.${signature}` },
      { pageToken: nextPageToken, parent: other.name },
      { pageToken: nextPageToken, showDeleted: true },
    ])
      expect(await refused(list(wish))).toMatchObject({ reason: 'cursor_invalid', field: 'page_token' });
  });
});

describe('the search', () => {
  it.each([
    ['night rain', ['6 night rain', '5 Rain at NIGHT']],
    ['  RAIN   night ', ['6 night rain', '5 Rain at NIGHT']],
    ['ÄRGER', ['7 Ärger']],
    ['a\u0308rger', ['7 Ärger']],
    ['%', ['4 100%']],
    ['_', ['3 a_b']],
    ['nothing', []],
    ["'", []],
  ])('for %j finds %j', async (search, found) => {
    expect(await titles({ search })).toEqual(found);
  });

  it('finds the record of an id', async () => {
    const id = made[2]?.name.split('/').at(-1) ?? '';
    expect(await titles({ search: id })).toEqual(['3 a_b']);
    expect(await titles({ search: id.slice(0, 20) })).toEqual([]);
  });

  it('goes on from page to page', async () => {
    expect(await pages({ search: 'o', pageSize: 1 })).toEqual(['2 dock', '1 dock']);
  });
});

it('shows the trash apart, last deleted first', async () => {
  const records = server.client(RecordService, admin);
  for (const index of [3, 0, 5]) {
    server.clock.forward(1000);
    await records.deleteRecord({ name: made[index]?.name ?? '' });
  }
  const gone = await pages({ showDeleted: true, pageSize: 2 });
  expect(gone.slice(0, 3)).toEqual(['6 night rain', '1 dock', '4 100%']);
  expect(await titles()).toEqual(['7 Ärger', '5 Rain at NIGHT', '3 a_b', '2 dock']);
  for (const index of [3, 0, 5]) await records.undeleteRecord({ name: made[index]?.name ?? '' });
});

it('is nothing to a stranger', async () => {
  const stranger = await server.signIn('stranger@example.com');
  expect(await refused(list({}, stranger))).toMatchObject({ reason: 'not_found' });
});
