import type { MessageInitShape } from '@bufbuild/protobuf';
import { AccessTokenService } from '@muster/api/access_token';
import type { Organization } from '@muster/api/organization';
import { ProjectRole, ProjectService, ProjectVisibility } from '@muster/api/project';
import type { ListProjectsRequestSchema } from '@muster/api/project';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
const NAMES = ['delta', 'Bravo 100%', 'alpha', 'Foxtrot_1', 'charlie', 'Golf', 'Echo'];
const SORTED = ['alpha', 'Bravo 100%', 'charlie', 'delta', 'Echo', 'Foxtrot_1', 'Golf'];
const PRIVATE = new Set(['delta', 'Golf']);

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  for (const [index, displayName] of NAMES.entries())
    await server.client(ProjectService, admin).createProject({
      parent: organization.name,
      displayName,
      slug: `slug-${index}`,
      visibility: PRIVATE.has(displayName) ? ProjectVisibility.PRIVATE : ProjectVisibility.INTERNAL,
    });
});
afterAll(() => server[Symbol.asyncDispose]());

type Wish = MessageInitShape<typeof ListProjectsRequestSchema>;
const list = (wish: Wish = {}, caller: Caller = admin) =>
  server.client(ProjectService, caller).listProjects({ parent: organization.name, ...wish });
const names = async (wish: Wish = {}, caller: Caller = admin): Promise<string[]> =>
  (await list(wish, caller)).projects.map((project) => project.displayName);

async function pages(wish: Wish, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await list({ ...wish, pageToken });
    found.push(...page.projects.map((project) => project.displayName));
    pageToken = page.nextPageToken;
    await between();
  } while (pageToken !== '');
  return found;
}

describe('the pages of a list', () => {
  it.each([1, 2, 3, 6, 7, 1000, 5000])('of %i hold every project once, by name whatever its case', async (pageSize) => {
    expect(await pages({ pageSize })).toEqual(SORTED);
  });

  it('lose and repeat none while others are made', async () => {
    const other = await server.makeOrganization(admin);
    const make = (displayName: string) =>
      server.client(ProjectService, admin).createProject({
        parent: other.name,
        displayName,
        slug: displayName,
      });
    for (const name of ['b1', 'b3', 'b5', 'b7', 'b9']) await make(name);
    const news = ['a0', 'b4', 'b8', 'c1'];
    const found = await pages({ parent: other.name, pageSize: 2 }, async () => {
      const name = news.shift();
      if (name !== undefined) await make(name);
    });
    expect(found.filter((name) => name.startsWith('b') && Number(name[1]) % 2 === 1)).toEqual([
      'b1',
      'b3',
      'b5',
      'b7',
      'b9',
    ]);
    expect(new Set(found).size).toBe(found.length);
  });

  it('begin with a token of this list only', async () => {
    const { nextPageToken } = await list({ pageSize: 2 });
    const [body, signature] = nextPageToken.split('.');
    const forged = `${Buffer.from('["zzz"]').toString('base64url')}.${signature}`;
    const other = await server.makeOrganization(admin);
    for (const wish of [
      { pageToken: 'x' },
      { pageToken: forged },
      { pageToken: `${body}.` },
      { pageToken: nextPageToken, parent: other.name },
    ])
      expect(await refused(list(wish))).toMatchObject({ reason: 'cursor_invalid', field: 'page_token' });
    expect(await refused(list({ pageSize: -1 }))).toMatchObject({ reason: 'field_invalid', field: 'page_size' });
  });
});

describe('the search', () => {
  it.each([
    ['ALPHA', ['alpha']],
    ['slug-1', ['Bravo 100%']],
    ['a', ['alpha', 'Bravo 100%', 'charlie', 'delta']],
    ['a  slug-4', ['charlie']],
    ['%', ['Bravo 100%']],
    ['_', ['Foxtrot_1']],
    ['\\', []],
    ["' or 1=1 --", []],
    ['   ', SORTED],
  ])('for %j finds %j', async (search, found) => {
    expect(await names({ search })).toEqual(found);
  });

  it('goes on from page to page', async () => {
    expect(await pages({ search: 'a', pageSize: 1 })).toEqual(['alpha', 'Bravo 100%', 'charlie', 'delta']);
  });
});

it('shows the visibilities that are asked for', async () => {
  expect(await names({ visibilities: [ProjectVisibility.PRIVATE] })).toEqual(['delta', 'Golf']);
  expect(await names({ visibilities: [ProjectVisibility.INTERNAL] })).toHaveLength(5);
  expect(await names({ visibilities: [ProjectVisibility.INTERNAL, ProjectVisibility.PRIVATE] })).toEqual(SORTED);
  expect(await refused(list({ visibilities: [ProjectVisibility.UNSPECIFIED] }))).toMatchObject({
    reason: 'field_invalid',
  });
});

describe('what a reader sees', () => {
  it('as Collaborator or View only is what is internal, and where they have a row', async () => {
    const viewer = await server.signIn('viewer@example.com');
    await server.addMember(organization, viewer, 'viewer');
    expect(await names({}, viewer)).toEqual(SORTED.filter((name) => !PRIVATE.has(name)));
    const [golf] = (await list({ search: 'Golf' })).projects;
    if (!golf) throw new Error('no project');
    await server.addProjectMember(organization, golf, viewer, 'annotator');
    expect(await names({}, viewer)).toEqual(SORTED.filter((name) => name !== 'delta'));
    const seen = (await list({ search: 'Golf' }, viewer)).projects[0];
    expect(seen?.role).toBe(ProjectRole.ANNOTATOR);
  });

  it('as External is where they have a row', async () => {
    const external = await server.signIn('external@example.com');
    await server.addMember(organization, external, 'external');
    expect(await names({}, external)).toEqual([]);
    const [alpha] = (await list({ search: 'alpha' })).projects;
    if (!alpha) throw new Error('no project');
    await server.addProjectMember(organization, alpha, external, 'viewer');
    expect(await names({}, external)).toEqual(['alpha']);
    expect(await names({ search: 'delta' }, external)).toEqual([]);
  });

  it('with a token bound to projects is those', async () => {
    const [alpha] = (await list({ search: 'alpha' })).projects;
    const { token } = await server.client(AccessTokenService, admin).createAccessToken({
      parent: organization.name,
      displayName: 'bound',
      projects: [alpha?.name ?? '', 'projects/slug-0'],
    });
    expect(await names({}, { headers: { authorization: `Bearer ${token}` } })).toEqual(['alpha', 'delta']);
  });
});
