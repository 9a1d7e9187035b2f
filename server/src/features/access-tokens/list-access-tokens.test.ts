import { AccessTokenService } from '@muster/api/access_token';
import type { Organization } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
const NEWEST_FIRST = ['seven', 'six', 'five', 'four', 'three', 'two', 'one'];

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  for (const displayName of NEWEST_FIRST.toReversed())
    await server.client(AccessTokenService, admin).createAccessToken({ parent: organization.name, displayName });
});
afterAll(() => server[Symbol.asyncDispose]());

const list = (pageSize = 50, pageToken = '', caller: Caller = admin) =>
  server.client(AccessTokenService, caller).listAccessTokens({ parent: organization.name, pageSize, pageToken });
const names = async (caller?: Caller): Promise<string[]> =>
  (await list(50, '', caller)).accessTokens.map((token) => token.displayName);

it.each([1, 2, 3, 7])('gives every token once, newest first, in pages of %i', async (pageSize) => {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await list(pageSize, pageToken);
    found.push(...page.accessTokens.map((token) => token.displayName));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(found).toEqual(NEWEST_FIRST);
});

it('gives only those of the caller, also to another Admin', async () => {
  const other = await server.signIn('other@example.com');
  await server.addMember(organization, other, 'admin');
  expect(await names(other)).toEqual([]);
  const stranger = await server.signIn('stranger@example.com');
  expect(await refused(list(50, '', stranger))).toMatchObject({ reason: 'not_found' });
});

it('tells when a token was used last, to the minute', async () => {
  const { token, accessToken } = await server
    .client(AccessTokenService, admin)
    .createAccessToken({ parent: organization.name, displayName: 'used' });
  const used = async () => (await list()).accessTokens.find((row) => row.displayName === 'used')?.lastUseTime;
  expect(await used()).toBeUndefined();
  const projects = server.client(ProjectService, { headers: { authorization: `Bearer ${token}` } });
  const before = Math.floor(Date.now() / 1000);
  await projects.listProjects({ parent: organization.name });
  expect(Number((await used())?.seconds)).toBeGreaterThanOrEqual(before - 1);
  await server.owner.query("update access_tokens set last_use_time = now() - interval '2 minutes' where id = $1", [
    idOf(accessToken?.name ?? ''),
  ]);
  await projects.listProjects({ parent: organization.name });
  expect(Number((await used())?.seconds)).toBeGreaterThanOrEqual(before - 1);
  await server.client(AccessTokenService, admin).deleteAccessToken({ name: accessToken?.name ?? '' });
});

it('keeps ended ones for thirty days', async () => {
  const { token, accessToken } = await server
    .client(AccessTokenService, admin)
    .createAccessToken({ parent: organization.name, displayName: 'ended', lifetimeDays: 1 });
  server.clock.forward(30 * 86_400_000);
  expect(await names()).toContain('ended');
  server.clock.forward(86_400_000);
  expect(await names()).not.toContain('ended');
  await server.owner.query('update access_tokens set expire_time = now() where id = $1', [
    idOf(accessToken?.name ?? ''),
  ]);
  const projects = server.client(ProjectService, { headers: { authorization: `Bearer ${token}` } });
  expect(await outcomeOf(projects.listProjects({ parent: organization.name }))).toBe('token_expired');
});
