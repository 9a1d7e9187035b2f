import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/platform/ids.ts';
import { idOf, nobody, startServer } from './harness.ts';
import type { Caller, TestServer } from './harness.ts';
import { PROJECT_ROLES, lawAllows } from './law.ts';
import { digestOfRows } from './rows.ts';
import { beginUpload, makeTenant, makeToken, nothing } from './tenant.ts';
import type { Tenant, Things } from './tenant.ts';
import { Walker } from './walker.ts';

interface Way {
  readonly permission: 'files.upload' | 'files.download';
  readonly names: (things: Things) => string;
  readonly send: (things: Things, caller: Caller) => Promise<Response>;
}

let server: TestServer;
let home: Tenant;
let strange: Tenant;
let walker: Walker;

const record = (things: Things): string => `projects/${things.project}/records/${things.record}`;
const upload =
  (method: string, body?: string): Way['send'] =>
  (things, caller) =>
    fetch(`${server.url}/uploads/${things.upload}`, {
      method,
      headers: {
        ...caller.headers,
        'tus-resumable': '1.0.0',
        'upload-offset': '2',
        ...(body === undefined ? {} : { 'content-type': 'application/offset+octet-stream' }),
      },
      ...(body === undefined ? {} : { body }),
    });
const download =
  (method: string, headers: Record<string, string> = {}): Way['send'] =>
  (things, caller) =>
    fetch(`${server.url}/files/${record(things)}/files/${encodeURIComponent(things.path)}`, {
      method,
      headers: { ...caller.headers, ...headers },
    });

/** Every way that bytes come in and go out. */
const WAYS: Record<string, Way> = {
  'POST /uploads/': {
    permission: 'files.upload',
    names: record,
    send: (things, caller) =>
      beginUpload(server, caller, { record: record(things), path: `${newId()}.bin`, bytes: 'abc', length: 3 }),
  },
  'HEAD /uploads/…': { permission: 'files.upload', names: ({ upload: id }) => id, send: upload('HEAD') },
  'PATCH /uploads/…': { permission: 'files.upload', names: ({ upload: id }) => id, send: upload('PATCH', 'llo') },
  'DELETE /uploads/…': { permission: 'files.upload', names: ({ upload: id }) => id, send: upload('DELETE') },
  'GET /files/…': { permission: 'files.download', names: record, send: download('GET') },
  'HEAD /files/…': { permission: 'files.download', names: record, send: download('HEAD') },
  'GET /files/… from a byte on': {
    permission: 'files.download',
    names: record,
    send: download('GET', { range: 'bytes=2-3' }),
  },
};
const ways = Object.entries(WAYS);

/** Status, headers and body without what differs between any two requests. */
async function readComparable(response: Response): Promise<unknown> {
  const id = response.headers.get('x-request-id') ?? '';
  const body = await response.text();
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
    body: id === '' ? body : body.replaceAll(id, 'ID'),
  };
}

/** `404 not_found`; HEAD has no body, so its reason is not told. */
async function saidBy(response: Response): Promise<string> {
  const text = await response.text();
  return [response.status, /"reason":"(?<reason>\w+)"/.exec(text)?.groups?.['reason']].filter(Boolean).join(' ');
}

/** Tries every way; answers those that did not refuse as they should, and proves that no row changed. */
async function refused(caller: Caller, wanted: string, some = ways): Promise<string[]> {
  const before = await digestOfRows(server);
  const wrong: string[] = [];
  for (const [name, { send }] of some) {
    const said = await saidBy(await send(home.things, caller));
    if (said !== (name.startsWith('HEAD') ? wanted.split(' ', 1)[0] : wanted)) wrong.push(`${name}: ${said}`);
  }
  expect(await digestOfRows(server)).toEqual(before);
  return wrong;
}

beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'home-admin@acme.example');
  strange = await makeTenant(server, 'stranger@other.example');
  walker = new Walker(server, home);
});
afterAll(() => server[Symbol.asyncDispose]());

describe('uploads and downloads', () => {
  test('ask nobody in', async () => {
    expect(await refused(nobody, '401 login_required')).toEqual([]);
  });

  test('tell a stranger nothing: what is there answers like what is not', async () => {
    const token = await makeToken(server, strange.admin, strange.organization, ['all']);
    const gone = nothing();
    const pairs: [Things, Things][] = [
      [home.things, gone],
      [
        { ...strange.things, record: home.things.record },
        { ...strange.things, record: gone.record },
      ],
      [
        { ...strange.things, upload: `${strange.things.project}.${home.things.upload.split('.')[1]}` },
        { ...strange.things, upload: `${strange.things.project}.${newId()}` },
      ],
    ];
    const before = await digestOfRows(server);
    let compared = 0;
    for (const [name, { names, send }] of ways) {
      for (const [there, missing] of pairs.filter(([things]) => names(things) !== names(strange.things))) {
        for (const caller of [strange.admin, token]) {
          const answer = await send(there, caller);
          expect([404, 410], name).toContain(answer.status);
          expect(await readComparable(answer), name).toEqual(await readComparable(await send(missing, caller)));
          compared += 1;
        }
      }
    }
    expect(compared).toBe(28);
    expect(await digestOfRows(server)).toEqual(before);
  });

  test.each(Object.entries(PROJECT_ROLES))('%s has the bytes that the table gives', async (column, role) => {
    const caller = await walker.person(column, 'external');
    await server.addProjectMember(home.organization, home.project, caller, role);
    const denied = ways.filter(([, { permission }]) => !lawAllows(permission, column));
    expect(await refused(caller, '403 not_permitted', denied)).toEqual([]);
    for (const [name, { permission, send }] of ways.filter(([, way]) => lawAllows(way.permission, column))) {
      const { status } = await send(home.things, caller);
      // An upload belongs to who began it: to everybody else of the project it has never been.
      expect(status, name).toBe(
        permission === 'files.download' ? (name.endsWith('on') ? 206 : 200) : name.startsWith('POST') ? 201 : 410,
      );
    }
  });

  test('an admin of another project of the organization moves no byte through it', async () => {
    const caller = await walker.person('admin of another project', 'external');
    const second = await server.makeProject(home.admin, home.organization);
    await server.addProjectMember(home.organization, second, caller, 'admin');
    expect(await refused(caller, '404 not_found')).toEqual([]);
    const project = idOf(second.name);
    const through: Things = { ...home.things, project, upload: `${project}.${home.things.upload.split('.')[1]}` };
    for (const [name, { send }] of ways) expect([404, 410], name).toContain((await send(through, caller)).status);
    // Who began the upload cannot move it to another project either.
    for (const [name, { send }] of ways.filter(([way]) => way.endsWith('/uploads/…')))
      expect((await send(through, home.admin)).status, name).toBe(410);
  });

  test('members without a role in the private project find nothing', async () => {
    for (const role of ['collaborator', 'viewer', 'external'] as const)
      expect(await refused(await walker.person(`only ${role}`, role), '404 not_found'), role).toEqual([]);
  });

  test.each([
    ['suspended', '401 membership_suspended'],
    ['disabled', '401 membership_disabled'],
    ['left', '404 not_found'],
  ])('a %s member gets no byte in or out', async (state, refusal) => {
    const caller = await walker.person(`${state} admin`, 'admin');
    await server.owner.query('update muster.memberships set state = $1 where account_id = $2', [
      state,
      caller.accountId,
    ]);
    expect(await refused(caller, refusal)).toEqual([]);
  });

  test('tokens need the scope, the project and to be alive', async () => {
    const make = (scopes: string[]): Promise<Caller & { id: string }> =>
      makeToken(server, home.admin, home.organization, scopes);
    const [wrongScope, bound, expired] = [await make(['registry']), await make(['all']), await make(['all'])];
    await server.owner.query('update muster.access_tokens set project_ids = array[$1]::uuid[] where id = $2', [
      newId(),
      bound.id,
    ]);
    await server.owner.query("update muster.access_tokens set expire_time = now() - interval '1 s' where id = $1", [
      expired.id,
    ]);
    expect(await refused(wrongScope, '403 scope_missing')).toEqual([]);
    expect(await refused(bound, '404 not_found')).toEqual([]);
    expect(await refused(expired, '401 token_expired')).toEqual([]);
    expect(await refused({ headers: { authorization: 'Bearer mus_pat_x' } }, '401 token_unknown')).toEqual([]);
    const reader = await make(['records:read']);
    const uploads = ways.filter(([, { permission }]) => permission === 'files.upload');
    expect(await refused(reader, '403 scope_missing', uploads)).toEqual([]);
    expect((await WAYS['GET /files/…']?.send(home.things, reader))?.status).toBe(200);
  });

  test('stand still in an archived project and in a suspended or trashed organization', async () => {
    const uploads = ways.filter(([, { permission }]) => permission === 'files.upload');
    const writes = uploads.filter(([name]) => !name.startsWith('HEAD'));
    const organization = (state: string): Promise<unknown> =>
      server.owner.query('update muster.organizations set state = $1 where id = $2', [
        state,
        idOf(home.organization.name),
      ]);
    await server.owner.query('update muster.projects set archive_time = now() where id = $1', [home.things.project]);
    expect(await refused(home.admin, '409 project_archived', writes)).toEqual([]);
    await server.owner.query('update muster.projects set archive_time = null where id = $1', [home.things.project]);
    await organization('suspended');
    expect(await refused(home.admin, '409 organization_suspended', writes)).toEqual([]);
    expect((await WAYS['GET /files/…']?.send(home.things, home.admin))?.status).toBe(200);
    await organization('trashed');
    expect(await refused(home.admin, '409 organization_trashed')).toEqual([]);
    await organization('active');
  });
});

test('an upload cannot be taken over by another person of the same project, nor a file be read by a token in its address', async () => {
  const { upload: id } = home.things;
  const other = await walker.person('second admin', 'admin');
  const uploads = ways.filter(([name]) => name.endsWith('/uploads/…'));
  expect(await refused(other, '410 upload_expired', uploads)).toEqual([]);
  const token = await makeToken(server, home.admin, home.organization, ['all']);
  const secret = token.headers['authorization']?.slice('Bearer '.length) ?? '';
  const answer = await fetch(`${server.url}/files/${record(home.things)}/files/a%20file.txt?token=${secret}`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('token_in_url');
  // It is still its owner's, at the byte where it stood.
  const head = await WAYS['HEAD /uploads/…']?.send(home.things, home.admin);
  expect([head?.status, head?.headers.get('upload-offset')], id).toEqual([200, '2']);
});
