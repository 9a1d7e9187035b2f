import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/platform/ids.ts';
import { methodsOfContract } from './contract.ts';
import { idOf, nobody, startServer } from './harness.ts';
import type { Caller, TestServer } from './harness.ts';
import { ORGANIZATION_ROLES, PROJECT_ROLES, lawAllows } from './law.ts';
import { ANYONE, METHODS } from './methods.ts';
import type { MethodCase } from './methods.ts';
import { callRaw, comparable } from './raw-call.ts';
import type { Answer } from './raw-call.ts';
import { digestOfRows } from './rows.ts';
import { makeTenant, makeToken, nothing } from './tenant.ts';
import type { Tenant, Things } from './tenant.ts';
import { ALLOWED, Walker, said } from './walker.ts';

const entries = Object.entries(METHODS);
const known = entries.filter(([, { needs }]) => needs !== ANYONE);
const placed = entries.filter(([, { names }]) => names !== 'nothing');

let server: TestServer;
/** Whose walls are tried, and who tries them as a stranger: an admin too, but of another organization. */
let home: Tenant;
let strange: Tenant;
let walker: Walker;

beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'home-admin@acme.example');
  strange = await makeTenant(server, 'stranger@other.example');
  walker = new Walker(server, home);
});
afterAll(() => server[Symbol.asyncDispose]());

test('the table of this test names every method of the contract and nothing else', async () => {
  expect(Object.keys(METHODS).toSorted()).toEqual([...(await methodsOfContract()).keys()].toSorted());
});

describe('nobody', () => {
  test('is asked to sign in by every method but the two that sign in', async () => {
    expect(await walker.refused(known, nobody, 'unauthenticated login_required')).toEqual([]);
    expect(entries.filter(([, { needs }]) => needs === ANYONE).map(([name]) => name)).toEqual([
      'muster.v1.SessionService/RequestSignInCode',
      'muster.v1.SessionService/CreateSession',
    ]);
  });

  test('gets the same answer for what is there and for what is not', async () => {
    for (const [name, method] of placed) {
      const there = await callRaw(server, name, method.request(home.things), nobody);
      expect(comparable(there), name).toEqual(
        comparable(await callRaw(server, name, method.request(nothing()), nobody)),
      );
    }
  });
});

describe('a stranger who is admin of another organization', () => {
  const foreign: [string, () => Things, (things: Things) => Things][] = [
    ['by id', () => home.things, () => nothing()],
    ['by slug', () => slugs(home.things), () => slugs(nothing())],
    ['the record of another under a project of their own', () => mixed('record'), () => missing('record')],
    ['the token of another under their own organization', () => mixed('accessToken'), () => missing('accessToken')],
    [
      'a record of their own under the project of another',
      () => ({ ...home.things, record: strange.things.record }),
      () => ({ ...nothing(), record: strange.things.record }),
    ],
  ];
  const slugs = (things: Things): Things => ({
    ...things,
    organization: things.organizationSlug,
    project: things.projectSlug,
  });
  const mixed = (key: keyof Things): Things => ({ ...strange.things, [key]: home.things[key] });
  const missing = (key: keyof Things): Things => ({ ...strange.things, [key]: newId() });

  test.each(foreign)('cannot tell what is there from what is not: %s', async (_title, there, gone) => {
    const token = await makeToken(server, strange.admin, strange.organization, ['all']);
    const before = await digestOfRows(server);
    const log = await walker.events();
    const own = Object.values(strange.things);
    const foreignIds = Object.values(home.things).filter((id) => !own.includes(id));
    let compared = 0;
    for (const [name, method] of placed) {
      const [named, other] = [there(), gone(there())];
      // A request that names only what is the stranger's own is none of a stranger.
      const text = JSON.stringify(method.request(named));
      if (!foreignIds.some((id) => text.includes(id))) continue;
      for (const caller of method.sessionOnly ? [strange.admin] : [strange.admin, token]) {
        for (const header of [undefined, named.organization, home.things.organizationSlug]) {
          const headers: Record<string, string> = header ? { 'muster-organization': header } : {};
          const answer = await callRaw(server, name, method.request(named), caller, headers);
          // The slug of a project says nothing without its organization: the stranger belongs to two, their token to one.
          const nameless =
            header === undefined && named.project === home.things.projectSlug && caller === strange.admin;
          expect(said(answer), name).toBe(
            nameless && method.names === 'project' ? 'invalid_argument organization_required' : 'not_found not_found',
          );
          const nowhere = header && header !== named.organization ? { 'muster-organization': newId() } : headers;
          const absent = await callRaw(server, name, method.request(other), caller, nowhere);
          expect(comparable(answer), name).toEqual(comparable(absent));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
    expect(await digestOfRows(server)).toEqual(before);
    expect(await walker.events()).toBe(log);
  });

  test('cannot go on with a page token of another organization', async () => {
    const lists = [...(await methodsOfContract())].filter(([, { input }]) => input.field['pageToken'] !== undefined);
    expect(lists.length).toBeGreaterThan(7);
    for (const [name] of lists) {
      const ask = (things: Things, caller: Caller, more: object): Promise<Answer> =>
        callRaw(server, name, { ...METHODS[name]?.request(things), pageSize: 1, ...more }, caller);
      const page: unknown = JSON.parse((await ask(home.things, home.admin, {})).text);
      const pageToken =
        typeof page === 'object' && page !== null ? String(Reflect.get(page, 'nextPageToken') ?? '') : '';
      expect(pageToken, name).not.toBe('');
      expect(said(await ask(home.things, home.admin, { pageToken })), name).toBe(ALLOWED);
      expect(said(await ask(strange.things, strange.admin, { pageToken })), name).toBe(
        'invalid_argument cursor_invalid',
      );
    }
  });

  test('finds nothing of another organization in any answer', async () => {
    const shown: string[] = [];
    for (const [name, method] of entries.filter(([, { writes }]) => !writes)) {
      const { text } = await callRaw(server, name, method.request(strange.things), strange.admin);
      for (const [key, id] of Object.entries(home.things))
        if (key !== 'path' && text.includes(id)) shown.push(`${name} shows ${key}`);
    }
    expect(shown).toEqual([]);
  });
});

describe('members without a role in the private project', () => {
  test.each(Object.entries(ORGANIZATION_ROLES).filter(([, role]) => role !== 'admin'))(
    '%s has what the table says, and the project does not exist',
    async (column, role) => {
      const caller = await walker.person(column, role as 'collaborator' | 'viewer' | 'external');
      const may = ([, method]: [string, MethodCase]): boolean =>
        method.names === 'organization' && (method.filtered === true || lawAllows(method.needs, column));
      const refused = (method: MethodCase): string =>
        method.names === 'project' ? 'not_found not_found' : `permission_denied not_permitted ${method.needs}`;
      const log = await walker.events('refused');
      const denied = placed.filter((entry) => !may(entry));
      expect(await walker.refused(denied, caller, refused)).toEqual([]);
      const traced = denied.filter(
        ([, { names, needs, writes }]) => names === 'organization' && (writes || needs.startsWith('audit.')),
      );
      expect((await walker.events('refused')) - log).toBe(traced.length);
      const token = await makeToken(server, caller, home.organization, ['all']);
      expect(await walker.allowed(placed.filter(may), caller, { accessToken: token.id })).toEqual([]);
    },
  );
});

test('an admin of another project of the organization reaches nothing through it: what is there answers like what is not', async () => {
  const caller = await walker.person('admin of another project', 'external');
  const second = await server.makeProject(home.admin, home.organization);
  await server.addProjectMember(home.organization, second, caller, 'admin');
  const before = await digestOfRows(server);
  const project = idOf(second.name);
  for (const [name, method] of placed.filter(([, { names }]) => names === 'project')) {
    const ask = (things: Partial<Things>): Promise<Answer> =>
      callRaw(server, name, method.request({ ...home.things, ...things }), caller);
    const direct = await ask({});
    expect(said(direct), name).toBe('not_found not_found');
    expect(comparable(direct), name).toEqual(comparable(await ask(nothing())));
    // Methods about the project itself are the caller's own to use there.
    if (!JSON.stringify(method.request(home.things)).includes(home.things.record)) continue;
    const around = await ask({ project });
    expect(said(around), name).toBe('not_found not_found');
    expect(comparable(around), name).toEqual(comparable(await ask({ project, record: newId() })));
  }
  expect(await digestOfRows(server)).toEqual(before);
});

describe('members with a role in the project', () => {
  test.each(Object.entries(PROJECT_ROLES))(
    '%s may do there what the table says and nothing more',
    async (column, role) => {
      const caller = await walker.person(column, 'external');
      await server.addProjectMember(home.organization, home.project, caller, role);
      const inProject = placed.filter(([, { names }]) => names === 'project');
      const may = ([, method]: [string, MethodCase]): boolean => lawAllows(method.needs, column);
      const denied = inProject.filter((entry) => !may(entry));
      expect(
        await walker.refused(denied, caller, (method) => `permission_denied not_permitted ${method.needs}`),
      ).toEqual([]);
      expect(await walker.allowed(inProject.filter(may), caller)).toEqual([]);
    },
  );
});

describe('members who are out', () => {
  test.each([
    ['suspended', 'unauthenticated membership_suspended'],
    ['disabled', 'unauthenticated membership_disabled'],
    ['left', 'not_found not_found'],
  ])('%s: no method of the organization answers them, nor their token', async (state, refusal) => {
    const caller = await walker.person(`${state} admin`, 'admin');
    const token = await makeToken(server, caller, home.organization, ['all']);
    await server.owner.query('update muster.memberships set state = $1 where account_id = $2', [
      state,
      caller.accountId,
    ]);
    expect(await walker.refused(placed, caller, refusal)).toEqual([]);
    expect(await walker.refused(placed, token, refusal)).toEqual([]);
  });
});
