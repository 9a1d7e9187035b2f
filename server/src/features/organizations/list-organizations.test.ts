import { AccessTokenService } from '@muster/api/access_token';
import { OrganizationRole, OrganizationService } from '@muster/api/organization';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';

let server: TestServer;
let person: Person;
const NAMES = ['delta', 'Bravo', 'alpha', 'Ärger', 'charlie', 'ähre', 'Echo'];
const SORTED = ['alpha', 'Bravo', 'charlie', 'delta', 'Echo', 'ähre', 'Ärger'];

beforeAll(async () => {
  server = await startServer();
  person = await server.signIn('ada@example.com');
  for (const [index, displayName] of NAMES.entries()) {
    server.clock.forward(9 * 60 * 60_000);
    await server
      .client(OrganizationService, person)
      .createOrganization({ displayName, slug: `org-${index}`, termsAccepted: true });
  }
});
afterAll(() => server[Symbol.asyncDispose]());

async function pages(pageSize: number, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await server.client(OrganizationService, person).listOrganizations({ pageSize, pageToken });
    expect(page.organizations.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.organizations.map((row) => row.displayName));
    pageToken = page.nextPageToken;
    await between();
  } while (pageToken !== '');
  return found;
}

it.each([1, 2, 3, 7, 50])('gives every organization once, by name whatever its case, in pages of %i', async (size) => {
  expect(await pages(size)).toEqual(SORTED);
});

it('goes on behind the last row when that one is left meanwhile', async () => {
  let left = false;
  const found = await pages(3, async () => {
    if (left) return;
    left = true;
    await server.owner.query(
      "update memberships set state = 'left' where organization_id = (select id from organizations where slug = 'org-4')",
    );
  });
  await server.owner.query("update memberships set state = 'active'");
  expect(found).toEqual(SORTED);
});

it('leaves out organizations of others, and those where the membership is not active', async () => {
  const stranger = await server.signIn('stranger@example.com');
  const list = (caller: Caller) => server.client(OrganizationService, caller).listOrganizations({});
  expect((await list(stranger)).organizations).toEqual([]);
  const organization = await server.makeOrganization(stranger, 'strangers');
  expect((await list(person)).organizations).toHaveLength(7);
  await server.addMember(organization, person, 'viewer');
  expect((await list(person)).organizations.find((row) => row.slug === 'strangers')?.role).toBe(
    OrganizationRole.VIEWER,
  );
  await server.owner.query("update memberships set state = 'disabled' where organization_id = $1 and account_id = $2", [
    idOf(organization.name),
    person.accountId,
  ]);
  expect((await list(person)).organizations).toHaveLength(7);
});

it('gives a token its own organization only', async () => {
  const { token } = await server
    .client(AccessTokenService, await server.signIn('ada@example.com'))
    .createAccessToken({ parent: 'organizations/org-2', displayName: 'ci' });
  const program = { headers: { authorization: `Bearer ${token}` } };
  const { organizations } = await server.client(OrganizationService, program).listOrganizations({});
  expect(organizations.map((row) => row.slug)).toEqual(['org-2']);
});

it('refuses a page token that it did not give', async () => {
  const client = server.client(OrganizationService, person);
  const { nextPageToken } = await client.listOrganizations({ pageSize: 2 });
  for (const pageToken of ['x', `${nextPageToken}x`, `x${nextPageToken}`, nextPageToken.replace('.', '')])
    expect(await refused(client.listOrganizations({ pageToken }))).toMatchObject({ field: 'page_token' });
  const other = server.client(OrganizationService, await server.signIn('eve@example.com'));
  expect(await refused(other.listOrganizations({ pageToken: nextPageToken }))).toMatchObject({
    reason: 'cursor_invalid',
  });
});
