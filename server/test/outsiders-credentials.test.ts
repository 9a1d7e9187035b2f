import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeToken as drawToken } from '../src/platform/access/token.ts';
import { newId } from '../src/platform/ids.ts';
import { startServer } from './harness.ts';
import type { Caller, TestServer } from './harness.ts';
import { ANYONE, METHODS, SIGNED_IN } from './methods.ts';
import type { MethodCase } from './methods.ts';
import { callRaw } from './raw-call.ts';
import { makeTenant, makeToken } from './tenant.ts';
import type { Tenant } from './tenant.ts';
import { ALLOWED, Walker, said } from './walker.ts';

// What a credential, an archived project and a closed organization take away, method by method; who is let in at all is
// in outsiders.test.ts, which also proves that METHODS names them all.

const entries = Object.entries(METHODS);
const known = entries.filter(([, { needs }]) => needs !== ANYONE);
const placed = entries.filter(([, { names }]) => names !== 'nothing');

let server: TestServer;
let home: Tenant;
let strange: Tenant;
let walker: Walker;

const setOrganizationState = (state: string): Promise<unknown> =>
  server.owner.query('update muster.organizations set state = $1 where id = $2', [state, home.things.organization]);

beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'home-admin@acme.example');
  strange = await makeTenant(server, 'stranger@other.example');
  walker = new Walker(server, home);
});
afterAll(() => server[Symbol.asyncDispose]());

describe('access tokens', () => {
  const byProgram = known.filter(([, { sessionOnly }]) => !sessionOnly);

  test('what needs a person is refused to a token that may do everything', async () => {
    const token = await makeToken(server, home.admin, home.organization, ['all']);
    const byPerson = known.filter(([, { sessionOnly }]) => sessionOnly);
    const refusal = ({ needs }: MethodCase): string =>
      `permission_denied session_required${needs === SIGNED_IN ? '' : ` ${needs}`}`;
    expect(await walker.refused(byPerson, token, refusal)).toEqual([]);
    expect(await walker.allowed(byProgram, token)).toEqual([]);
  });

  test('one whose scopes do not reach is told which operation it lacks', async () => {
    const token = await makeToken(server, home.admin, home.organization, ['registry']);
    const scoped = placed.filter(([, { sessionOnly }]) => !sessionOnly);
    expect(await walker.refused(scoped, token, ({ needs }) => `permission_denied scope_missing ${needs}`)).toEqual([]);
  });

  test('one that is bound to another project finds neither this one nor anything of it, and does nothing for the organization', async () => {
    const token = await makeToken(server, home.admin, home.organization, ['all']);
    await server.owner.query('update muster.access_tokens set project_ids = array[$1]::uuid[] where id = $2', [
      newId(),
      token.id,
    ]);
    const inProject = placed.filter(([, { names }]) => names === 'project');
    expect(await walker.refused(inProject, token, 'not_found not_found')).toEqual([]);
    const readable = (method: MethodCase): boolean =>
      ['profile.view', 'activities.view', 'projects.list'].includes(method.needs);
    const ofAll = placed.filter(([, method]) => method.names === 'organization' && !method.sessionOnly);
    const denied = ofAll.filter(([, method]) => !readable(method));
    expect(denied.length).toBeGreaterThan(4);
    expect(await walker.refused(denied, token, ({ needs }) => `permission_denied scope_missing ${needs}`)).toEqual([]);
    for (const [name, method] of ofAll.filter(([, method]) => readable(method))) {
      const answer = await callRaw(server, name, method.request(home.things), token);
      expect(said(answer), name).toBe(ALLOWED);
      expect(answer.text.includes(home.things.project), name).toBe(false);
    }
    const counters = await callRaw(
      server,
      'muster.v1.OrganizationService/GetOrganizationCounters',
      { name: home.organization.name },
      token,
    );
    expect(counters.text).toBe('{}');
  });

  test('one that was revoked, has expired, was never made or is mistyped opens nothing, and says which', async () => {
    const [revoked, expired] = [
      await makeToken(server, home.admin, home.organization, ['all']),
      await makeToken(server, home.admin, home.organization, ['all']),
    ];
    await callRaw(
      server,
      'muster.v1.AccessTokenService/DeleteAccessToken',
      { name: `${home.organization.name}/accessTokens/${revoked.id}` },
      home.admin,
    );
    await server.owner.query("update muster.access_tokens set expire_time = now() - interval '1 s' where id = $1", [
      expired.id,
    ]);
    const { secret } = drawToken('pat');
    const bearer = (text: string): Caller => ({ headers: { authorization: `Bearer ${text}` } });
    expect(await walker.refused(known, revoked, 'unauthenticated token_revoked')).toEqual([]);
    expect(await walker.refused(known, expired, 'unauthenticated token_expired')).toEqual([]);
    expect(await walker.refused(known, bearer(secret), 'unauthenticated token_unknown')).toEqual([]);
    expect(await walker.refused(known, bearer(`${secret.slice(0, -1)}!`), 'unauthenticated token_unknown')).toEqual([]);
  });
});

describe('where everything stands still', () => {
  const writes = placed.filter(([, method]) => method.writes);
  const reads = placed.filter(([, method]) => !method.writes);

  test('an archived project refuses every write of its admin and answers every read', async () => {
    const archive = (time: string): Promise<unknown> =>
      server.owner.query(`update muster.projects set archive_time = ${time} where id = $1`, [home.things.project]);
    await archive('now()');
    const inProject = writes.filter(([, { names }]) => names === 'project');
    expect(await walker.refused(inProject, home.admin, 'failed_precondition project_archived')).toEqual([]);
    expect(await walker.allowed(reads, home.admin)).toEqual([]);
    await archive('null');
  });

  test('a suspended organization refuses every write and answers every read', async () => {
    await setOrganizationState('suspended');
    expect(await walker.refused(writes, home.admin, 'failed_precondition organization_suspended')).toEqual([]);
    expect(await walker.allowed(reads, home.admin)).toEqual([]);
    await setOrganizationState('active');
  });

  test('an organization in the trash refuses reads too, and strangers learn nothing of it', async () => {
    await setOrganizationState('trashed');
    expect(await walker.refused(placed, home.admin, 'failed_precondition organization_trashed')).toEqual([]);
    expect(await walker.refused(placed, strange.admin, 'not_found not_found')).toEqual([]);
    await setOrganizationState('active');
  });
});

test('a session that was signed out or has run out opens nothing', async () => {
  const [out, old] = [await server.signIn('out@acme.example'), await server.signIn('old@acme.example')];
  await callRaw(server, 'muster.v1.SessionService/DeleteSession', {}, out);
  await server.owner.query("update muster.sessions set expire_time = now() - interval '1 s' where account_id = $1", [
    old.accountId,
  ]);
  expect(await walker.refused(known, out, 'unauthenticated session_revoked')).toEqual([]);
  expect(await walker.refused(known, old, 'unauthenticated session_expired')).toEqual([]);
  const forged: Caller = { headers: { cookie: `muster_session=${'x'.repeat(43)}` } };
  expect(await walker.refused(known, forged, 'unauthenticated session_expired')).toEqual([]);
});
