import { OrganizationRole, OrganizationService } from '@muster/api/organization';
import type { Organization } from '@muster/api/organization';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf, nobody, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let viewer: Person;
let organization: Organization;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  viewer = await server.signIn('viewer@example.com');
  organization = await server.makeOrganization(admin, 'acme');
  await server.addMember(organization, viewer, 'viewer');
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (caller: Caller, name: string) => server.client(OrganizationService, caller).getOrganization({ name });

it('finds it by id and by slug, and answers the id', async () => {
  const byId = await get(admin, organization.name);
  expect(byId).toMatchObject({ name: organization.name, slug: 'acme', role: OrganizationRole.ADMIN });
  expect(await get(admin, 'organizations/acme')).toEqual(byId);
});

it('says what the caller may do, so that nobody is shown what would be refused', async () => {
  const mine = await get(viewer, 'organizations/acme');
  expect(mine.role).toBe(OrganizationRole.VIEWER);
  expect(mine.permissions).toContain('organization.view');
  expect(mine.permissions).not.toContain('projects.create');
  expect((await get(admin, 'organizations/acme')).permissions).toContain('projects.create');
});

it('is nothing to a stranger, exactly like one that is not there', async () => {
  const stranger = await server.signIn('stranger@example.com');
  for (const name of [organization.name, 'organizations/acme', `organizations/${newId()}`, 'organizations/none'])
    expect(await refused(get(stranger, name))).toMatchObject({ reason: 'not_found', field: '', missing: '' });
  expect(await refused(get(nobody, 'organizations/acme'))).toMatchObject({ reason: 'login_required' });
});

it.each([
  ['disabled', 'membership_disabled'],
  ['suspended', 'membership_suspended'],
  ['left', 'not_found'],
])('tells a %s member so', async (state, reason) => {
  const set = (to: string) =>
    server.owner.query('update memberships set state = $1 where organization_id = $2 and account_id = $3', [
      to,
      idOf(organization.name),
      viewer.accountId,
    ]);
  await set(state);
  expect(await refused(get(viewer, organization.name))).toMatchObject({ reason });
  await set('active');
  expect((await get(viewer, organization.name)).slug).toBe('acme');
});
