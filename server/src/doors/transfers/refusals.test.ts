import { AccessTokenService } from '@muster/api/access_token';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, nobody, startServer } from '../../../test/harness.ts';
import type { Person, TestServer } from '../../../test/harness.ts';
import { TusClient, sha256 } from '../../../test/tus.ts';
import { NOTHING, Workspace } from '../../../test/workspace.ts';
import { HOUR } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let work: Workspace;
let record: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  work = await Workspace.make(server);
  record = await work.record();
});

async function member(role: 'collaborator' | 'viewer'): Promise<Person> {
  const person = await server.signIn(`${role}-${newId().slice(-12)}@example.com`);
  await server.addMember(work.organization, person, role);
  await server.addProjectMember(work.organization, work.project, person, role);
  return person;
}

const stored = (text: string): Promise<boolean> =>
  server.platform.blobs.has(idOf(work.organization.name), Buffer.from(sha256(text), 'hex'));

describe('an upload is refused', () => {
  it('when its bytes have another hash than declared, and leaves nothing', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 5, { sha256: sha256('hello') });
    const answer = await work.tus.patch(location, 0, 'hallo');
    expect(answer).toMatchObject({ status: 460, body: { reason: 'checksum_mismatch', field: 'sha256' } });
    expect(answer.headers.get('muster-reason')).toBe('checksum_mismatch');
    expect((await work.tus.head(location)).status).toBe(410);
    expect(await work.list(record)).toEqual([]);
    expect(await work.usage()).toEqual(NOTHING);
    expect(await stored('hallo')).toBe(false);
    const uploads = await Array.fromAsync(server.platform.blobs.listUploads());
    expect(uploads.map((row) => row.uploadId)).not.toContain(location.split('.').at(-1));
    // The same in one request, and for an empty file.
    expect(await work.tus.begin(record, 'a.txt', 5, { sha256: sha256('hello'), body: 'hallo' })).toMatchObject({
      status: 460,
    });
    expect(await work.tus.begin(record, 'a.txt', 0, { sha256: sha256('hello') })).toMatchObject({ status: 460 });
    expect(await work.usage()).toEqual(NOTHING);
  });

  it('when it sends from a wrong offset, and stays where it was', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    for (const offset of [0, 3, 6, 10, 99])
      expect(await work.tus.patch(location, offset, 'hello')).toMatchObject({
        status: 409,
        body: { reason: 'offset_mismatch' },
      });
    expect((await work.tus.head(location)).offset).toBe(5);
  });

  it('when more bytes come than were declared, also when nobody said how many come', async () => {
    const tooMuch = { status: 413, body: { reason: 'size_exceeds_declared' } };
    const { location } = await work.tus.begin(record, 'a.txt', 5);
    expect(await work.tus.patch(location, 0, 'hello, world')).toMatchObject(tooMuch);
    const pieces = ['hello', ', wor', 'ld'];
    const unmeasured = () =>
      new ReadableStream({
        pull: async (controller) => {
          const piece = pieces.shift();
          if (piece === undefined) return controller.close();
          await new Promise((resolve) => setTimeout(resolve, 50));
          controller.enqueue(Buffer.from(piece));
        },
      });
    expect(await work.tus.patch(location, 0, unmeasured())).toMatchObject(tooMuch);
    expect(await work.list(record)).toEqual([]);
    expect((await work.tus.head(location)).offset).toBe(0);
    expect(await work.usage()).toEqual({ ...NOTHING, reservedBytes: 5n });
    // What is right is still taken.
    expect(await work.tus.patch(location, 0, 'right')).toMatchObject({ status: 204 });
  });

  it('when its length is missing, no number or too large', async () => {
    const begin = (headers: Record<string, string>): Promise<number> =>
      fetch(`${server.url}/uploads/`, {
        method: 'POST',
        headers: { ...work.admin.headers, 'tus-resumable': '1.0.0', ...headers },
      }).then((answer) => answer.status);
    for (const headers of [{}, { 'upload-length': '-1' }, { 'upload-length': 'ten' }, { 'upload-length': '1e3' }])
      expect(await begin(headers)).toBe(400);
    expect(await begin({ 'upload-defer-length': '1' })).toBe(501);
    expect(await work.tus.begin(record, 'a.txt', 5 * 1024 ** 4 + 1)).toMatchObject({
      status: 400,
      body: { reason: 'file_too_large' },
    });
    expect(await work.tus.begin(record, 'a.txt', 5, { sha256: 'none' })).toMatchObject({
      status: 400,
      body: { reason: 'field_invalid', field: 'sha256' },
    });
    expect(await work.usage()).toEqual(NOTHING);
  });

  it.each(['../up', '/etc/passwd', 'a\\b', 'a\0b', '\u2025/x', '', 'a'.repeat(256), 'x/'.repeat(600)])(
    'to the path %j',
    async (path) => {
      expect(await work.tus.begin(record, path, 5, { body: 'hello' })).toMatchObject({
        status: 400,
        body: { reason: 'path_invalid', field: 'path' },
      });
      expect(await work.usage()).toEqual(NOTHING);
    },
  );

  it('to a path whose folder is a file, or that is a folder', async () => {
    await work.tus.upload(record, 'night/drive.bag', 'bytes');
    for (const path of ['night', 'night/drive.bag/x', 'night/drive.bag/x/y'])
      expect(await work.tus.begin(record, path, 5)).toMatchObject({ status: 409, body: { reason: 'path_is_folder' } });
    // A sign that means something in a pattern is only a sign.
    await work.tus.upload(record, 'a_b/x', 'bytes');
    expect(await work.tus.upload(record, 'aXb', 'bytes')).toBe(`${record}/files/aXb`);
  });

  it('by anybody but who began it, as if it had never been', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    const stranger = await server.signIn(`stranger-${newId().slice(-12)}@example.com`);
    const never = location.replace(/[^.]+$/, newId());
    for (const [person, status] of [
      [await member('collaborator'), 410],
      [stranger, 404],
      [nobody, 401],
    ] as const) {
      const tus = new TusClient(server, person);
      for (const act of [
        (at: string) => tus.head(at),
        (at: string) => tus.patch(at, 5, 'world'),
        (at: string) => tus.end(at),
      ]) {
        const [theirs, none] = [await act(location), await act(never)];
        expect(theirs.status).toBe(status);
        expect([theirs.status, theirs.body.reason, theirs.body.message]).toEqual([
          none.status,
          none.body.reason,
          none.body.message,
        ]);
      }
    }
    expect((await work.tus.head(location)).offset).toBe(5);
  });

  it('without disturbing the owner, whose part is under way meanwhile', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    const other = new TusClient(server, await member('collaborator'));
    let finish = (): void => {};
    const slow = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('hello'));
        finish = () => {
          controller.enqueue(Buffer.from('world'));
          controller.close();
        };
      },
    });
    const part = work.tus.patch(location, 0, slow);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await other.head(location)).status).toBe(410);
    await new Promise((resolve) => setTimeout(resolve, 3500));
    finish();
    expect(await part).toMatchObject({ status: 204, offset: 10 });
  });

  it('by who may only look', async () => {
    const tus = new TusClient(server, await member('viewer'));
    expect(await tus.begin(record, 'a.txt', 5)).toMatchObject({ status: 403, body: { reason: 'not_permitted' } });
  });

  it('when its record was deleted meanwhile', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    await work.records.deleteRecord({ name: record });
    expect(await work.tus.begin(record, 'b.txt', 10)).toMatchObject({
      status: 409,
      body: { reason: 'record_deleted' },
    });
    expect(await work.tus.patch(location, 5, 'world')).toMatchObject({
      status: 409,
      body: { reason: 'record_deleted' },
    });
    expect(await work.usage()).toMatchObject({ bytes: 0n, trashBytes: 0n });
    await work.records.undeleteRecord({ name: record });
    expect(await work.list(record)).toEqual([]);
    // The bytes that were refused may come again.
    expect(await work.tus.patch(location, (await work.tus.head(location)).offset, 'world')).toMatchObject({
      status: 204,
      offset: 10,
    });
    expect((await work.list(record))[0]?.sha256).toBe(sha256('helloworld'));
  });

  it('when its project was archived meanwhile, until it is brought back', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    const archive = (time: string) =>
      server.owner.query(`update projects set archive_time = ${time} where id = $1`, [idOf(work.project.name)]);
    await archive('now()');
    expect(await work.tus.patch(location, 5, 'world')).toMatchObject({
      status: 409,
      body: { reason: 'project_archived' },
    });
    expect(await work.tus.begin(record, 'b.txt', 5)).toMatchObject({
      status: 409,
      body: { reason: 'project_archived' },
    });
    await archive('null');
    expect(await work.tus.patch(location, 5, 'world')).toMatchObject({ status: 204 });
  });

  it('when its access token was revoked between two parts; what it reserved lapses', async () => {
    const tokens = server.client(AccessTokenService, work.admin);
    const { accessToken, token } = await tokens.createAccessToken({
      parent: work.organization.name,
      displayName: 'Uploader',
      scopes: ['records:write'],
    });
    const tus = new TusClient(server, { headers: { authorization: `Bearer ${token}` } });
    const { location } = await tus.begin(record, 'a.txt', 10);
    expect(await tus.patch(location, 0, 'hello')).toMatchObject({ status: 204 });
    await tokens.deleteAccessToken({ name: accessToken?.name ?? '' });
    expect(await tus.patch(location, 5, 'world')).toMatchObject({ status: 401, body: { reason: 'token_revoked' } });
    expect(await work.usage()).toEqual({ ...NOTHING, reservedBytes: 10n });
    server.clock.forward(24 * HOUR);
    expect(await work.usage()).toEqual(NOTHING);
    expect(await work.list(record)).toEqual([]);
  });

  it('when it was ended, by its owner, for good', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    expect((await work.tus.end(location)).status).toBe(204);
    expect(await work.usage()).toEqual(NOTHING);
    for (const answer of [await work.tus.head(location), await work.tus.patch(location, 5, 'world')])
      expect(answer.status).toBe(410);
    const done = await work.tus.begin(record, 'b.txt', 5, { body: 'hello' });
    await work.tus.end(done.location);
    expect(await work.list(record)).toMatchObject([{ path: 'b.txt' }]);
  });
});
