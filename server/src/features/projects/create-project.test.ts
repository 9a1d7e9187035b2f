import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Organization } from '@muster/api/organization';
import { ProjectRole, ProjectService, ProjectVisibility } from '@muster/api/project';
import type { CreateProjectRequestSchema } from '@muster/api/project';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let number = 0;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin, 'acme');
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => void number++);

const create = (wish: MessageInitShape<typeof CreateProjectRequestSchema> = {}, caller: Caller = admin) =>
  server.client(ProjectService, caller).createProject({
    parent: organization.name,
    displayName: `Project ${number}`,
    slug: `p-${number}`,
    ...wish,
  });
const count = async (): Promise<number> => {
  const { rows } = await server.owner.query('select from projects');
  return rows.length;
};

describe('creating a project', () => {
  it('makes its maker Project Admin, and it internal when nothing is said', async () => {
    const made = await create({ parent: 'organizations/acme', displayName: '  Night drives ', description: ' a\nb ' });
    expect(made).toMatchObject({
      organization: organization.name,
      slug: `p-${number}`,
      displayName: 'Night drives',
      description: 'a\nb',
      visibility: ProjectVisibility.INTERNAL,
      role: ProjectRole.ADMIN,
      recordCount: 0n,
    });
    const { rows } = await server.owner.query(
      'select event, category, outcome, target, target_name, project_id, project_name from events where organization_id = $1 order by seq desc limit 1',
      [idOf(organization.name)],
    );
    expect(rows).toEqual([
      {
        event: 'project.create',
        category: 'projects',
        outcome: 'done',
        target: made.name,
        target_name: 'Night drives',
        project_id: idOf(made.name),
        project_name: 'Night drives',
      },
    ]);
  });

  it('gives a Collaborator a row of their own as Project Admin', async () => {
    const collaborator = await server.signIn('collaborator@example.com');
    await server.addMember(organization, collaborator, 'collaborator');
    const made = await create({ visibility: ProjectVisibility.PRIVATE }, collaborator);
    const mine = await server.client(ProjectService, collaborator).getProject({ name: made.name });
    expect(mine).toMatchObject({ role: ProjectRole.ADMIN, visibility: ProjectVisibility.PRIVATE });
  });

  it.each([
    ['displayName', '\t ', 'name_invalid', 'display_name'],
    ['displayName', 'a\u202Eb', 'text_invalid', 'display_name'],
    ['slug', 'A', 'slug_invalid', 'slug'],
    ['slug', 'a__b', 'slug_invalid', 'slug'],
    ['slug', 'trash', 'slug_reserved', 'slug'],
    ['description', 'a'.repeat(501), 'field_invalid', 'description'],
    ['description', 'a\u0007', 'text_invalid', 'description'],
    ['visibility', 9, 'field_invalid', 'visibility'],
    ['requestId', 'x', 'field_invalid', 'request_id'],
  ])('with %s %j is refused, and nothing is made', async (field, value, reason, at) => {
    const before = await count();
    expect(await refused(create({ [field]: value }))).toMatchObject({ reason, field: at });
    expect(await count()).toBe(before);
  });

  it.each(['viewer', 'external'] as const)('is not for a %s, and the try is a row of the log', async (role) => {
    const member = await server.signIn(`${role}@example.com`);
    await server.addMember(organization, member, role);
    expect(await refused(create({}, member))).toMatchObject({ reason: 'not_permitted', missing: 'projects.create' });
    const { rows } = await server.owner.query(
      'select event, category, outcome, reason, actor_id from events where organization_id = $1 order by seq desc limit 1',
      [idOf(organization.name)],
    );
    expect(rows).toEqual([
      {
        event: 'project.create',
        category: 'projects',
        outcome: 'refused',
        reason: 'projects.create',
        actor_id: member.accountId,
      },
    ]);
  });

  it('is nothing a stranger can do, or see that it cannot be done', async () => {
    const stranger = await server.signIn('stranger@example.com');
    expect(await refused(create({}, stranger))).toMatchObject({ reason: 'not_found' });
    expect(await refused(create({ parent: `organizations/${newId()}` }, stranger))).toMatchObject({
      reason: 'not_found',
    });
  });
});

describe('names and slugs', () => {
  it('are unique in the organization, names in every script ignoring case', async () => {
    await create({ displayName: 'Straßen und Ärger', slug: 'strassen' });
    expect(await refused(create({ displayName: 'STRAßEN UND ÄRGER' }))).toMatchObject({
      reason: 'name_taken',
      field: 'display_name',
    });
    await create({ displayName: 'Ночь', slug: 'night' });
    expect(await refused(create({ displayName: 'НОЧЬ' }))).toMatchObject({ reason: 'name_taken' });
    expect(await refused(create({ slug: 'night' }))).toMatchObject({ reason: 'slug_taken', field: 'slug' });
    // The same letters, composed another way.
    expect(await refused(create({ displayName: 'Straßen und A\u0308rger' }))).toMatchObject({ reason: 'name_taken' });
  });

  it('are free in another organization', async () => {
    const other = await server.makeOrganization(admin);
    await create({ displayName: 'Same', slug: 'same' });
    expect(await outcomeOf(create({ displayName: 'Same', slug: 'same', parent: other.name }))).toBe('ok');
  });

  it('go to one of ten callers who want them at the same moment', async () => {
    const bySlug = await Promise.all(
      Array.from({ length: 10 }, (_unused, index) => outcomeOf(create({ slug: 'race', displayName: `Race ${index}` }))),
    );
    expect(bySlug.toSorted()).toEqual(['ok', ...Array<string>(9).fill('slug_taken')]);
    const byName = await Promise.all(
      Array.from({ length: 10 }, (_unused, index) =>
        outcomeOf(create({ slug: `race-${index}`, displayName: index % 2 ? 'GOLD' : 'gold' })),
      ),
    );
    expect(byName.toSorted()).toEqual([...Array<string>(9).fill('name_taken'), 'ok']);
  });
});

describe('the request key', () => {
  it('makes one project of ten calls at once, and all ten get it', async () => {
    const requestId = newId();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ requestId })));
    expect(new Set(answers.map((answer) => answer.name)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('is refused with another request', async () => {
    const requestId = newId();
    await create({ requestId });
    expect(await refused(create({ requestId, description: 'more' }))).toMatchObject({
      reason: 'request_id_reused',
      field: 'request_id',
    });
  });
});

it('makes nothing in a suspended organization', async () => {
  const other = await server.makeOrganization(admin);
  await server.owner.query("update organizations set state = 'suspended' where id = $1", [idOf(other.name)]);
  expect(await refused(create({ parent: other.name }))).toMatchObject({ reason: 'organization_suspended' });
});
