import { AccessTokenService } from '@muster/api/access_token';
import { SessionService } from '@muster/api/session';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { nobody, startServer } from '../../../test/harness.ts';
import type { Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let person: Person;

beforeAll(async () => {
  server = await startServer();
  person = await server.signIn('ada@example.com');
});
afterAll(() => server[Symbol.asyncDispose]());

const get = () => server.client(SessionService, person).getSession({});
/** Time passes for the session alone: the database judges its age by its own clock. */
const age = (column: string, days: number) =>
  server.owner.query(`update sessions set ${column} = now() - make_interval(secs => $1) where account_id = $2`, [
    days * 86_400,
    person.accountId,
  ]);

it('tells who is signed in, and until when at most', async () => {
  const session = await get();
  expect(session.account).toMatchObject({
    name: `accounts/${person.accountId}`,
    email: 'ada@example.com',
    displayName: 'ada',
  });
  const life = Number(session.expireTime?.seconds) - Number(session.createTime?.seconds);
  expect(life).toBe(90 * 86_400);
});

it('asks nobody to sign in twice who used the session within 30 days, and raises its last use', async () => {
  await age('last_use_time', 29.9);
  expect(await outcomeOf(get())).toBe('ok');
  const { rows } = await server.owner.query<{ fresh: boolean }>(
    "select last_use_time > now() - interval '1 minute' as fresh from sessions where account_id = $1",
    [person.accountId],
  );
  expect(rows).toEqual([{ fresh: true }]);
});

it('ends a session after 30 days without use', async () => {
  await age('last_use_time', 30.1);
  expect(await refused(get())).toMatchObject({ reason: 'session_expired' });
});

it('ends a session after 90 days however much it is used', async () => {
  await age('last_use_time', 0);
  expect(await outcomeOf(get())).toBe('ok');
  await age('expire_time', 0);
  expect(await refused(get())).toMatchObject({ reason: 'session_expired' });
});

it('answers nobody', async () => {
  expect(await refused(server.client(SessionService, nobody).getSession({}))).toMatchObject({
    reason: 'login_required',
  });
});

it('is nothing for an access token', async () => {
  const admin = await server.signIn('bob@example.com');
  const { name: parent } = await server.makeOrganization(admin);
  const { token } = await server.client(AccessTokenService, admin).createAccessToken({ parent, displayName: 'ci' });
  const program = new Browser(server, { authorization: `Bearer ${token}` });
  expect(await refused(program.client(SessionService).getSession({}))).toMatchObject({ reason: 'session_required' });
  expect(await refused(program.client(SessionService).deleteSession({}))).toMatchObject({
    reason: 'session_required',
  });
});
