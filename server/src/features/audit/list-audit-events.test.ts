import { AccessTokenService } from '@muster/api/access_token';
import { AuditOutcome, AuditService } from '@muster/api/audit';
import type { AuditEvent } from '@muster/api/audit';
import type { Organization } from '@muster/api/organization';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let people = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  server.clock.forward(10 * 60_000);
  admin = await server.signIn(`admin-${people++}@example.com`);
  organization = await server.makeOrganization(admin);
});

const list = (caller: Caller = admin, more: { search?: string; pageSize?: number; pageToken?: string } = {}) =>
  server.client(AuditService, caller).listAuditEvents({ parent: organization.name, ...more });
const events = async (search = ''): Promise<AuditEvent[]> => (await list(admin, { search })).auditEvents;

describe('the audit log', () => {
  it('tells who did what, from where and how, what changed, and the hash that ties it to the row before', async () => {
    const project = await server.makeProject(admin, organization);
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const records = new Browser(server, { ...admin.headers, 'user-agent': agent }).client(RecordService);
    const { name } = await records.createRecord({ parent: project.name, title: 'Drive' });
    await records.updateRecord({ record: { name, title: 'Wet' }, updateMask: { paths: ['title'] } });
    const [update, create] = await events();
    expect(update).toMatchObject({
      sequence: 4n,
      name: `organizations/${idOf(organization.name)}/auditEvents/4`,
      actorKind: 'account',
      actor: admin.email.split('@')[0],
      actorEmail: 'a…@example.com',
      via: 'session',
      networkAddress: '127.0.0.1',
      client: agent,
      category: 'records and files',
      event: 'record.update',
      outcome: AuditOutcome.DONE,
      reason: '',
      target: name,
      targetDisplayName: 'Wet',
      project: project.name,
      projectDisplayName: project.displayName,
      changes: [{ field: 'title', before: 'Drive', after: 'Wet' }],
      previousHash: create?.hash,
    });
    expect(update?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(update?.requestId).not.toBe(create?.requestId);
  });

  it('names the token by its beginning, and never more of it', async () => {
    const { token, accessToken } = await server
      .client(AccessTokenService, admin)
      .createAccessToken({ parent: organization.name, displayName: 'ci' });
    await server.makeProject({ headers: { authorization: `Bearer ${token}` } }, organization);
    const [event] = await events();
    expect(event?.via).toBe(`token ${accessToken?.prefix}`);
    expect(event?.actor).toBe(admin.email.split('@')[0]);
  });

  it('keeps the names of then', async () => {
    await server.makeProject(admin, organization, 'early');
    await server.owner.query("update accounts set display_name = 'Somebody Else' where id = $1", [admin.accountId]);
    await server.owner.query("update projects set display_name = 'Late' where slug = 'early'");
    const [event] = await events();
    expect(event).toMatchObject({ actor: admin.email.split('@')[0], targetDisplayName: 'Project early' });
  });

  it('has a row of whoever reads it, once and not for each page', async () => {
    await server.makeProject(admin, organization);
    const first = await list(admin, { pageSize: 1 });
    await list(admin, { pageSize: 1, pageToken: first.nextPageToken });
    const reads = (await events()).filter((event) => event.event === 'audit.list');
    expect(reads).toHaveLength(1);
  });

  it('begins with the hash of nothing', async () => {
    const all = await events();
    expect(all.at(-1)).toMatchObject({ sequence: 1n, event: 'organization.create', previousHash: '0'.repeat(64) });
  });
});

describe('what was refused', () => {
  it('to a member is a row: writes by name of what they would have been, and looks into the log', async () => {
    const project = await server.makeProject(admin, organization);
    const viewer = await server.signIn(`viewer-${people}@example.com`);
    await server.addMember(organization, viewer, 'viewer');
    const records = server.client(RecordService, viewer);
    expect(await outcomeOf(records.createRecord({ parent: project.name, title: 'X' }))).toBe('not_permitted');
    expect(await refused(list(viewer))).toMatchObject({ reason: 'not_permitted', missing: 'audit.view' });
    const verify = server.client(AuditService, viewer).verifyAuditLog({ parent: organization.name });
    expect(await outcomeOf(verify)).toBe('not_permitted');
    const told = (await events())
      .slice(0, 3)
      .map(({ event, category, outcome, reason, actor }) => ({ event, category, outcome, reason, actor }));
    const row = { outcome: AuditOutcome.REFUSED, actor: viewer.email.split('@')[0] };
    expect(told).toEqual([
      { ...row, event: 'audit.verify', category: 'audit', reason: 'audit.verify' },
      { ...row, event: 'audit.list', category: 'audit', reason: 'audit.view' },
      { ...row, event: 'record.create', category: 'records and files', reason: 'records.create' },
    ]);
  });

  it('to a stranger is none: they could fill the log of people they do not know', async () => {
    const stranger = await server.signIn(`stranger-${people}@example.com`);
    expect(await refused(list(stranger))).toMatchObject({ reason: 'not_found' });
    expect(await events()).toHaveLength(1);
  });

  it('for its form is none', async () => {
    expect(await outcomeOf(server.makeProject(admin, organization, 'A'))).toBe('slug_invalid');
    expect(await events()).toHaveLength(1);
  });
});

describe('who reads it', () => {
  it.each([
    ['admin', false, 'ok'],
    ['collaborator', false, 'not_permitted'],
    ['viewer', true, 'ok'],
    ['external', true, 'not_permitted'],
  ] as const)('%s with the duty %s: %s', async (role, duty, outcome) => {
    const member = await server.signIn(`member-${people}@example.com`);
    await server.addMember(organization, member, role);
    if (duty)
      await server.owner.query("update memberships set duties = '{audit_viewer}' where account_id = $1", [
        member.accountId,
      ]);
    expect(await outcomeOf(list(member))).toBe(outcome);
  });

  it('is nobody of another organization, whatever they look for', async () => {
    await server.makeProject(admin, organization, 'mine');
    const other = await server.signIn(`other-${people}@example.com`);
    const theirs = await server.makeOrganization(other);
    const { auditEvents } = await server
      .client(AuditService, other)
      .listAuditEvents({ parent: theirs.name, search: 'mine' });
    expect(auditEvents).toEqual([]);
  });
});

describe('its pages and search', () => {
  it('hold each row once, newest first, while rows are added', async () => {
    for (let index = 0; index < 6; index++) await server.makeProject(admin, organization);
    const found: bigint[] = [];
    let pageToken = '';
    do {
      const page = await list(admin, { pageSize: 2, pageToken });
      found.push(...page.auditEvents.map((event) => event.sequence));
      pageToken = page.nextPageToken;
      await server.makeProject(admin, organization);
    } while (pageToken !== '');
    expect(found).toEqual([7n, 6n, 5n, 4n, 3n, 2n, 1n]);
    const other = await server.makeOrganization(admin);
    const token = (await list(admin, { pageSize: 1 })).nextPageToken;
    const call = server.client(AuditService, admin).listAuditEvents({ parent: other.name, pageToken: token });
    expect(await refused(call)).toMatchObject({ reason: 'cursor_invalid' });
  });

  it('find words over event, names, reason and request id, ignoring case', async () => {
    await server.makeProject(admin, organization, 'night');
    const [event] = await events('PROJECT.CREATE night');
    expect(event?.targetDisplayName).toBe('Project night');
    expect((await events(event?.requestId)).map((row) => row.sequence)).toEqual([event?.sequence]);
    expect((await events(admin.email.split('@')[0])).length).toBeGreaterThanOrEqual(2);
    expect(await events('%')).toEqual([]);
    expect(await events('nothing of this kind')).toEqual([]);
  });
});

describe('the role that the server works as', () => {
  it.each([
    ['update events set reason = $$x$$'],
    ['delete from events'],
    ['delete from event_people'],
    ['update event_people set name = $$x$$'],
    ['truncate events'],
    ['update usage_ledger set delta = 1'],
    ['delete from usage_ledger'],
  ])('may not %s', async (statement) => {
    const client = await server.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local role muster_server');
      await client.query("select set_config('muster.organization_id', $1, true)", [idOf(organization.name)]);
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
