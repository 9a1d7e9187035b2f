import type { MessageInitShape } from '@bufbuild/protobuf';
import { AccessTokenService } from '@muster/api/access_token';
import type { CreateAccessTokenRequestSchema } from '@muster/api/access_token';
import { AuditService } from '@muster/api/audit';
import type { Organization } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Caller, Person, TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
const HOUR = 60 * 60_000;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin, 'acme');
});
afterAll(() => server[Symbol.asyncDispose]());

const create = (wish: MessageInitShape<typeof CreateAccessTokenRequestSchema> = {}, caller: Caller = admin) =>
  server
    .client(AccessTokenService, caller)
    .createAccessToken({ parent: organization.name, displayName: 'ci', ...wish });
const bearer = (token: string): Caller => ({ headers: { authorization: `Bearer ${token}` } });
const list = (caller: Caller) => server.client(ProjectService, caller).listProjects({ parent: organization.name });
const days = (made: Awaited<ReturnType<typeof create>>): number =>
  (Number(made.accessToken?.expireTime?.seconds) - Number(made.accessToken?.createTime?.seconds)) / 86_400;

/** The checksum in its own words: CRC-32 of everything before it, in base 62, six digits. */
function checksumOf(body: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let rest = BigInt(crc32(body));
  let text = '';
  while (text.length < 6) {
    text = `${digits[Number(rest % 62n)]}${text}`;
    rest /= 62n;
  }
  return text;
}

describe('the secret', () => {
  it('has a kind, 32 random characters and a checksum, and works at once', async () => {
    const { token, accessToken } = await create();
    expect(token).toMatch(/^mus_pat_[0-9A-Za-z]{38}$/);
    expect(token.slice(-6)).toBe(checksumOf(token.slice(0, -6)));
    expect(token.startsWith(accessToken?.prefix ?? 'nothing')).toBe(true);
    expect(accessToken?.prefix).toHaveLength(12);
    expect(await outcomeOf(list(bearer(token)))).toBe('ok');
    const basic = Buffer.from(`apikey:${token}`).toString('base64');
    expect(await outcomeOf(list({ headers: { authorization: `Basic ${basic}` } }))).toBe('ok');
  });

  it('is shown once: no list has it, and of it the database has the SHA-256 only', async () => {
    const { token, accessToken } = await create({ displayName: 'secret' });
    const listed = await server.client(AccessTokenService, admin).listAccessTokens({ parent: organization.name });
    const names = listed.accessTokens.map((row) => row.name);
    expect(names).toContain(accessToken?.name);
    const whole = (value: unknown): string =>
      JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? String(part) : part));
    expect(whole(listed)).not.toContain(token.slice(12));
    const { rows } = await server.owner.query<{ text: string }>(
      'select row_to_json(t)::text as text from access_tokens t union all select row_to_json(e)::text from events e union all select row_to_json(r)::text from request_keys r',
    );
    expect(rows.some((row) => row.text.includes(token.slice(12)))).toBe(false);
    const kept = await server.owner.query('select from access_tokens where secret_hash = sha256($1)', [token]);
    expect(kept.rowCount).toBe(1);
  });

  it('that is typed wrong, made up or unknown opens nothing', async () => {
    const { token } = await create();
    const last = token.endsWith('0') ? '1' : '0';
    const body = `mus_pat_${'a'.repeat(32)}`;
    for (const wrong of [
      token.slice(0, -1) + last,
      token.toLowerCase(),
      `${body}${checksumOf(body)}`,
      `${token} `.slice(1),
      'x',
    ])
      expect(await refused(list(bearer(wrong)))).toMatchObject({ reason: 'token_unknown' });
  });

  it('in an address is refused, and not looked up', async () => {
    const { token } = await create();
    const answer = await fetch(`${server.url}/muster.v1.ProjectService/ListProjects?access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('token_in_url');
  });
});

describe('its life', () => {
  it.each([
    [0, 90],
    [1, 1],
    [366, 366],
  ])('of %i days is %i', async (lifetimeDays, lived) => {
    expect(days(await create({ lifetimeDays }))).toBe(lived);
  });

  it.each([[-1], [367]])('may not be %i days', async (lifetimeDays) => {
    expect(await refused(create({ lifetimeDays }))).toMatchObject({ reason: 'field_invalid', field: 'lifetime_days' });
  });

  it('ends: an expired one says so', async () => {
    const { token, accessToken } = await create();
    await server.owner.query('update access_tokens set expire_time = now() where id = $1', [
      idOf(accessToken?.name ?? ''),
    ]);
    expect(await refused(list(bearer(token)))).toMatchObject({ reason: 'token_expired' });
  });

  it('ends with the membership: disabled tells so, and of another state nothing is there', async () => {
    const member = await server.signIn('member@example.com');
    await server.addMember(organization, member, 'collaborator');
    const { token } = await create({}, member);
    const set = (state: string) =>
      server.owner.query('update memberships set state = $1 where account_id = $2', [state, member.accountId]);
    expect(await outcomeOf(list(bearer(token)))).toBe('ok');
    await set('disabled');
    expect(await refused(list(bearer(token)))).toMatchObject({ reason: 'membership_disabled' });
    await set('suspended');
    expect(await refused(list(bearer(token)))).toMatchObject({ reason: 'membership_suspended' });
  });
});

describe('what it may do', () => {
  it('is reading and writing data when nothing is said', async () => {
    const { token, accessToken } = await create();
    expect(accessToken?.scopes).toEqual([
      'organization:read',
      'projects:write',
      'records:write',
      'tasks:write',
      'devices:read',
    ]);
    const project = await server.makeProject(bearer(token), organization);
    const records = server.client(RecordService, bearer(token));
    expect(await outcomeOf(records.createRecord({ parent: project.name, title: 'A' }))).toBe('ok');
    const audit = server.client(AuditService, bearer(token));
    expect(await refused(audit.listAuditEvents({ parent: organization.name }))).toMatchObject({
      reason: 'scope_missing',
      missing: 'audit.view',
    });
  });

  it('is what its scopes say: reading is not writing, writing is reading too', async () => {
    const project = await server.makeProject(admin, organization);
    const { token } = await create({ scopes: ['records:read'] });
    const records = server.client(RecordService, bearer(token));
    expect(await outcomeOf(records.listRecords({ parent: project.name }))).toBe('ok');
    expect(await refused(records.createRecord({ parent: project.name, title: 'A' }))).toMatchObject({
      reason: 'scope_missing',
      missing: 'records.create',
    });
    const writer = server.client(RecordService, bearer((await create({ scopes: ['records:write'] })).token));
    expect(await outcomeOf(writer.listRecords({ parent: project.name }))).toBe('ok');
  });

  it.each([[['records:fly']], [['records:read', 'records:read']], [['']]])('is refused as %j', async (scopes) => {
    expect(await refused(create({ scopes }))).toMatchObject({ reason: 'field_invalid' });
  });

  it('is never more than its owner may at this moment', async () => {
    const member = await server.signIn('lowered@example.com');
    await server.addMember(organization, member, 'collaborator');
    const { token } = await create({ scopes: ['all'] }, member);
    expect(await outcomeOf(server.makeProject(bearer(token), organization))).toBe('ok');
    await server.addMember(organization, member, 'viewer');
    expect(await refused(server.makeProject(bearer(token), organization))).toMatchObject({ reason: 'not_permitted' });
  });

  it('stays in its organization', async () => {
    const other = await server.makeOrganization(admin);
    const project = await server.makeProject(admin, other);
    const { token } = await create({ scopes: ['all'] });
    const projects = server.client(ProjectService, bearer(token));
    expect(await refused(projects.listProjects({ parent: other.name }))).toMatchObject({ reason: 'not_found' });
    expect(await refused(projects.getProject({ name: project.name }))).toMatchObject({ reason: 'not_found' });
  });

  it('stays in its projects', async () => {
    const inside = await server.makeProject(admin, organization, 'inside');
    const outside = await server.makeProject(admin, organization, 'outside');
    const made = await create({ projects: ['projects/inside', inside.name] });
    expect(made.accessToken?.projects).toEqual([inside.name]);
    const projects = server.client(ProjectService, bearer(made.token));
    expect(await outcomeOf(projects.getProject({ name: inside.name }))).toBe('ok');
    expect(await refused(projects.getProject({ name: outside.name }))).toMatchObject({ reason: 'not_found' });
    expect((await list(bearer(made.token))).projects.map((project) => project.slug)).toEqual(['inside']);
  });

  it('cannot be bound to a project that its owner does not see, or that is in another organization', async () => {
    const member = await server.signIn('external@example.com');
    await server.addMember(organization, member, 'external');
    const hidden = await server.makeProject(admin, organization);
    const other = await server.makeProject(admin, await server.makeOrganization(admin), 'foreign');
    for (const project of [hidden.name, other.name, 'projects/foreign', `projects/${newId()}`])
      expect(await refused(create({ projects: [project] }, member))).toMatchObject({
        reason: 'not_found',
        field: 'projects',
      });
  });
});

describe('who makes one', () => {
  it('is a person, not a token of theirs', async () => {
    const { token, accessToken } = await create({ scopes: ['all'] });
    expect(await refused(create({}, bearer(token)))).toMatchObject({ reason: 'session_required' });
    const remove = server
      .client(AccessTokenService, bearer(token))
      .deleteAccessToken({ name: accessToken?.name ?? '' });
    expect(await refused(remove)).toMatchObject({ reason: 'session_required' });
  });

  it('has signed in within a day', async () => {
    const member = await server.signIn('fresh@example.com');
    await server.addMember(organization, member, 'viewer');
    server.clock.forward(24 * HOUR - 60_000);
    expect(await outcomeOf(create({}, member))).toBe('ok');
    server.clock.forward(2 * 60_000);
    expect(await refused(create({}, member))).toMatchObject({ reason: 'reauth_required' });
    const again = await server.signIn('fresh@example.com');
    expect(await outcomeOf(create({}, again))).toBe('ok');
    admin = await server.signIn('admin@example.com');
  });

  it('cannot make one for somebody else', async () => {
    const answer = await fetch(`${server.url}/muster.v1.AccessTokenService/CreateAccessToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...admin.headers },
      body: JSON.stringify({ parent: organization.name, displayName: 'x', owner: `accounts/${newId()}` }),
    });
    expect(answer.headers.get('muster-reason')).toBe('unknown_field');
  });

  it('leaves a row in the log, with the name and without the secret', async () => {
    const { accessToken } = await create({ displayName: 'Night build' });
    const { rows } = await server.owner.query(
      'select event, category, outcome, via, target, target_name from events where organization_id = $1 order by seq desc limit 1',
      [idOf(organization.name)],
    );
    expect(rows).toEqual([
      {
        event: 'access_token.create',
        category: 'tokens and keys',
        outcome: 'done',
        via: 'session',
        target: accessToken?.name,
        target_name: 'Night build',
      },
    ]);
  });
});

it('makes one of ten calls with one key, and gives its secret to the first only', async () => {
  const requestId = newId();
  const answers = await Promise.all(Array.from({ length: 10 }, () => create({ requestId })));
  expect(new Set(answers.map((answer) => answer.accessToken?.name)).size).toBe(1);
  expect(answers.filter((answer) => answer.token !== '')).toHaveLength(1);
  expect(await refused(create({ requestId, scopes: ['all'] }))).toMatchObject({ reason: 'request_id_reused' });
});

it('lets a person have fifty live ones here, also when sixty are asked for at once', async () => {
  const member = await server.signIn('many@example.com');
  await server.addMember(organization, member, 'viewer');
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => outcomeOf(create({}, member))));
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(50);
  expect(outcomes.filter((outcome) => outcome === 'access_token_limit')).toHaveLength(10);
  const tokens = server.client(AccessTokenService, member);
  const { accessTokens } = await tokens.listAccessTokens({ parent: organization.name });
  await tokens.deleteAccessToken({ name: accessTokens[0]?.name ?? '' });
  expect(await outcomeOf(create({}, member))).toBe('ok');
  expect(await outcomeOf(create({}, member))).toBe('access_token_limit');
});
