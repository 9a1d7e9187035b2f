import { OrganizationService } from '@muster/api/organization';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { idOf, nobody, startServer } from '../../../test/harness.ts';
import type { Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let person: Person;
let people = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  person = await server.signIn(`person-${people++}@example.com`);
});

const check = (slug: string) => server.client(OrganizationService, person).checkOrganizationSlug({ slug });

it('answers nothing for a slug that can be had, and takes it from nobody', async () => {
  expect(await check('free-one')).toMatchObject({ reason: '', message: '' });
  expect(await outcomeOf(server.makeOrganization(person, 'free-one'))).toBe('ok');
});

it('answers a taken, a former and a trashed one alike', async () => {
  const owner = await server.signIn('owner@example.com');
  await server.makeOrganization(owner, 'taken');
  const renamed = await server.makeOrganization(owner, 'today');
  await server.owner.query("insert into organization_slugs (slug, organization_id) values ('yesterday', $1)", [
    idOf(renamed.name),
  ]);
  const gone = await server.makeOrganization(owner, 'gone');
  await server.owner.query("update organizations set state = 'trashed' where id = $1", [idOf(gone.name)]);
  const answers = [await check('taken'), await check('yesterday'), await check('gone')];
  expect(answers[0]).toMatchObject({ reason: 'slug_taken' });
  expect(answers[0]?.message).not.toBe('');
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

it.each([
  ['ab', 'slug_invalid'],
  ['Acme', 'slug_invalid'],
  ['', 'slug_invalid'],
  ['admin', 'slug_reserved'],
])('says what is wrong with %j', async (slug, reason) => {
  expect(await check(slug)).toMatchObject({ reason });
});

it('answers twenty times a minute, also when forty are asked at once, and others go on', async () => {
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_unused, index) => outcomeOf(check(`slug-${index}`))));
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(20);
  expect(outcomes.filter((outcome) => outcome === 'too_many_attempts')).toHaveLength(20);
  const { retryAfterSeconds } = await refused(check('slug-41'));
  expect(retryAfterSeconds).toBeGreaterThan(30);
  expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  server.clock.forward(retryAfterSeconds * 1000);
  expect(await outcomeOf(check('slug-42'))).toBe('ok');
  person = await server.signIn(`person-${people++}@example.com`);
  expect(await outcomeOf(check('slug-1'))).toBe('ok');
});

it('answers nobody', async () => {
  const anonymous = server.client(OrganizationService, nobody);
  expect(await refused(anonymous.checkOrganizationSlug({ slug: 'free' }))).toMatchObject({ reason: 'login_required' });
});
