import { OrganizationService } from '@muster/api/organization';
import { SessionService } from '@muster/api/session';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { idOf, startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('ends this session at once and takes its cookie away, and leaves the other ones of the person', async () => {
  const here = await server.signIn('ada@example.com');
  const there = await server.signIn('ada@example.com');
  const browser = new Browser(server, here.headers);
  await browser.client(SessionService).deleteSession({});
  expect(browser.setCookies).toEqual(['muster_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
  const kept = server.client(OrganizationService, here);
  expect(await refused(kept.listOrganizations({}))).toMatchObject({ reason: 'session_revoked' });
  expect(await outcomeOf(server.client(OrganizationService, there).listOrganizations({}))).toBe('ok');
});

it('is refused the second time, as the session is over', async () => {
  const person = await server.signIn('bob@example.com');
  const client = server.client(SessionService, person);
  await client.deleteSession({});
  expect(await refused(client.deleteSession({}))).toMatchObject({ reason: 'session_revoked' });
});

it('is a row in the logs of the organizations of the person', async () => {
  const admin = await server.signIn('carol@example.com');
  const organization = await server.makeOrganization(admin);
  await server.client(SessionService, admin).deleteSession({});
  const { rows } = await server.owner.query(
    'select event, category, outcome, actor_id from events where organization_id = $1 order by seq desc limit 1',
    [idOf(organization.name)],
  );
  expect(rows).toEqual([{ event: 'session.delete', category: 'sign-in', outcome: 'done', actor_id: admin.accountId }]);
});
