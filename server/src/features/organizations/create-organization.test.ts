import { OrganizationRole, OrganizationService } from '@muster/api/organization';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { idOf, nobody, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let person: Person;
let slug: string;
let people = 0;

beforeAll(async () => {
  server = await startServer({ MUSTER_TERMS_URL: 'https://acme.example/terms' });
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(async () => {
  slug = `acme-${people}`;
  // Not more than a network may sign in within an hour.
  server.clock.forward(10 * 60_000);
  person = await server.signIn(`person-${people++}@example.com`);
});

interface Wish {
  displayName?: string;
  slug?: string;
  termsAccepted?: boolean;
  requestId?: string;
}
const create = (wish: Wish = {}, caller: Caller = person) =>
  server.client(OrganizationService, caller).createOrganization({
    displayName: 'Acme Robotics',
    slug,
    termsAccepted: true,
    ...wish,
  });
const mine = async (): Promise<string[]> =>
  (await server.client(OrganizationService, person).listOrganizations({})).organizations.map((row) => row.slug);

describe('creating an organization', () => {
  it('makes its maker the first Admin and writes the first row of its log', async () => {
    const made = await create({ displayName: '  Acme Röbotics  ' });
    expect(made).toMatchObject({ slug, displayName: 'Acme Röbotics', role: OrganizationRole.ADMIN });
    expect(made.name).toMatch(/^organizations\/[0-9a-f-]{36}$/);
    const { rows } = await server.owner.query(
      'select e.seq, e.event, e.category, e.outcome, e.target, e.target_name, p.name from events e join event_people p using (organization_id, seq) where organization_id = $1',
      [idOf(made.name)],
    );
    expect(rows).toEqual([
      {
        seq: 1n,
        event: 'organization.create',
        category: 'organization settings',
        outcome: 'done',
        target: made.name,
        target_name: 'Acme Röbotics',
        name: person.email.split('@')[0],
      },
    ]);
  });

  it.each([
    ['displayName', '   ', 'name_invalid', 'display_name'],
    ['displayName', 'a\u202Eb', 'text_invalid', 'display_name'],
    ['displayName', 'a\nb', 'text_invalid', 'display_name'],
    ['displayName', 'a\u2028b', 'text_invalid', 'display_name'],
    ['slug', 'Acme', 'slug_invalid', 'slug'],
    ['slug', 'a--b', 'slug_invalid', 'slug'],
    ['slug', 'a'.repeat(41), 'slug_invalid', 'slug'],
    ['slug', 'settings', 'slug_reserved', 'slug'],
  ])('with %s %j is refused, and nothing is made', async (field, value, reason, at) => {
    expect(await refused(create({ [field]: value }))).toMatchObject({ reason, field: at });
    expect(await mine()).toEqual([]);
  });

  it('counts the name in characters as people see them, not in the halves of some', async () => {
    expect((await create({ displayName: '🤖'.repeat(64) })).displayName).toBe('🤖'.repeat(64));
  });

  it('needs the agreement to the terms of this instance', async () => {
    expect(await refused(create({ termsAccepted: false }))).toMatchObject({
      reason: 'terms_required',
      field: 'terms_accepted',
    });
    expect(await mine()).toEqual([]);
  });

  it('needs somebody who is signed in, and not a token', async () => {
    expect(await refused(create({}, nobody))).toMatchObject({ reason: 'login_required' });
  });
});

describe('a slug', () => {
  it('goes to one of ten people who want it at the same moment', async () => {
    const others = [];
    for (let index = 0; index < 9; index++) others.push(await server.signIn(`racer-${index}@example.com`));
    const outcomes = await Promise.all(
      [person, ...others].map((caller) => outcomeOf(create({ slug: 'gold' }, caller))),
    );
    expect(outcomes.toSorted()).toEqual(['ok', ...Array<string>(9).fill('slug_taken')]);
    const { rows } = await server.owner.query("select from organizations where slug = 'gold'");
    expect(rows).toHaveLength(1);
  });

  it('that an organization had before is not given to another one', async () => {
    const made = await create();
    await server.owner.query('insert into organization_slugs (slug, organization_id) values ($1, $2)', [
      `former-${slug}`,
      idOf(made.name),
    ]);
    expect(await refused(create({ slug: `former-${slug}` }))).toMatchObject({ reason: 'slug_taken', field: 'slug' });
    const former = await server
      .client(OrganizationService, person)
      .getOrganization({ name: `organizations/former-${slug}` });
    expect(former.name).toBe(made.name);
    expect(former.slug).toBe(slug);
  });

  it('of a trashed organization stays its own', async () => {
    const made = await create();
    await server.owner.query("update organizations set state = 'trashed' where id = $1", [idOf(made.name)]);
    expect(await refused(create())).toMatchObject({ reason: 'slug_taken' });
  });
});

describe('the request key', () => {
  it('makes one organization of ten calls at once, and all ten get it', async () => {
    const requestId = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ requestId })));
    expect(new Set(answers.map((answer) => answer.name)).size).toBe(1);
    expect(await mine()).toEqual([slug]);
    const { rows } = await server.owner.query('select from events where organization_id = $1', [
      idOf(answers[0]?.name ?? ''),
    ]);
    expect(rows).toHaveLength(1);
  });

  it('is refused with another request, and means nothing to another person', async () => {
    const requestId = newId();
    await create({ requestId });
    expect(await refused(create({ requestId, slug: `${slug}-2` }))).toMatchObject({
      reason: 'request_id_reused',
      field: 'request_id',
    });
    const other = await server.signIn(`other-${people}@example.com`);
    expect(await outcomeOf(create({ requestId, slug: `${slug}-3` }, other))).toBe('ok');
  });

  it('is free again when its call was refused', async () => {
    const requestId = newId();
    expect(await outcomeOf(create({ requestId, termsAccepted: false }))).toBe('terms_required');
    expect(await outcomeOf(create({ requestId, slug: 'api' }))).toBe('slug_reserved');
    expect(await outcomeOf(create({ requestId }))).toBe('ok');
  });
});

it('makes three a day for one person, also when ten are asked for at once', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_unused, index) => outcomeOf(create({ slug: `${slug}-${index}x` }))),
  );
  expect(outcomes.toSorted()).toEqual(['ok', 'ok', 'ok', ...Array<string>(7).fill('organization_limit')].toSorted());
  server.clock.forward(24 * 60 * 60_000);
  expect(await outcomeOf(create({ slug: `${slug}-tomorrow` }))).toBe('ok');
});

it('takes no role, state or owner from the body', async () => {
  const answer = await fetch(`${server.url}/muster.v1.OrganizationService/CreateOrganization`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...new Browser(server, person.headers).headers },
    body: JSON.stringify({ displayName: 'X', slug, termsAccepted: true, state: 'suspended', owner: 'accounts/x' }),
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('muster-reason')).toBe('unknown_field');
  expect(await mine()).toEqual([]);
});
