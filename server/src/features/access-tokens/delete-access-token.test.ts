import { AccessTokenService } from '@muster/api/access_token';
import type { Organization } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let name: string;
let program: Caller;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  const made = await server
    .client(AccessTokenService, admin)
    .createAccessToken({ parent: organization.name, displayName: 'ci' });
  name = made.accessToken?.name ?? '';
  program = { headers: { authorization: `Bearer ${made.token}` } };
});

const remove = (caller: Caller = admin, of = name) =>
  server.client(AccessTokenService, caller).deleteAccessToken({ name: of });
const use = () => outcomeOf(server.client(ProjectService, program).listProjects({ parent: organization.name }));
const deletions = async (): Promise<number> => {
  const { rows } = await server.owner.query("select from events where event = 'access_token.delete' and target = $1", [
    name,
  ]);
  return rows.length;
};

it('ends the token with the next call', async () => {
  expect(await use()).toBe('ok');
  await remove();
  expect(await use()).toBe('token_revoked');
  expect(await deletions()).toBe(1);
});

it('twice, or by ten callers at once, is one deletion', async () => {
  await Promise.all(Array.from({ length: 10 }, () => remove()));
  await remove();
  expect(await deletions()).toBe(1);
  expect(await use()).toBe('token_revoked');
});

it('is for the own ones only: those of others are not there', async () => {
  const other = await server.signIn('other@example.com');
  await server.addMember(organization, other, 'admin');
  expect(await refused(remove(other))).toMatchObject({ reason: 'not_found' });
  const stranger = await server.signIn('stranger@example.com');
  expect(await refused(remove(stranger))).toMatchObject({ reason: 'not_found' });
  const elsewhere = await server.makeOrganization(admin);
  for (const id of [newId(), 'x'])
    expect(await refused(remove(admin, `${organization.name}/accessTokens/${id}`))).toMatchObject({
      reason: 'not_found',
    });
  expect(await refused(remove(admin, `${elsewhere.name}/accessTokens/${idOf(name)}`))).toMatchObject({
    reason: 'not_found',
  });
  expect(await use()).toBe('ok');
});
