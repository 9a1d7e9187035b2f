import { request as httpRequest } from 'node:http';
import { AuditService } from '@muster/api/audit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nobody, startServer, waitFor } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { sha256 } from '../../../test/tus.ts';
import { Workspace } from '../../../test/workspace.ts';
import { HOUR } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let work: Workspace;
let record: string;
const content = Buffer.from(Array.from({ length: 100_000 }, (_unused, index) => index % 251));

beforeAll(async () => {
  server = await startServer();
  work = await Workspace.make(server);
  record = await work.record();
  await work.tus.upload(record, 'drive.bin', content);
});
afterAll(() => server[Symbol.asyncDispose]());

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  const address = `${record}/files/${path}`.split('/').map(encodeURIComponent).join('/');
  return fetch(`${server.url}/files/${address}`, { method, headers: { ...work.admin.headers, ...headers } });
}

const etag = (): string => `"${sha256(content)}"`;
const body = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

describe('a download', () => {
  it('is the whole file, with what clients need to go on or to save a second one', async () => {
    const answer = await get('drive.bin');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('100000');
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    expect(answer.headers.get('etag')).toBe(etag());
    expect((await body(answer)).equals(content)).toBe(true);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=99990-', 99_990, 99_999],
    ['bytes=-5', 99_995, 99_999],
    ['bytes=99990-200000', 99_990, 99_999],
    ['bytes=-200000', 0, 99_999],
  ])('of the range %s is those bytes', async (range, start, end) => {
    const answer = await get('drive.bin', { range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/100000`);
    expect((await body(answer)).equals(content.subarray(start, end + 1))).toBe(true);
  });

  it('of a range outside the file is refused with its size', async () => {
    for (const range of ['bytes=100000-', 'bytes=200000-300000']) {
      const answer = await get('drive.bin', { range });
      expect(answer.status).toBe(416);
      expect(answer.headers.get('content-range')).toBe('bytes */100000');
    }
  });

  it('of a range that cannot be read, or of several, is the whole file', async () => {
    for (const range of ['bytes=a-b', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=5-1']) {
      const answer = await get('drive.bin', { range });
      expect([200, 416]).toContain(answer.status);
      if (answer.status === 200) expect(await body(answer)).toHaveLength(100_000);
    }
  });

  it('is not sent again to who has it', async () => {
    for (const tag of [etag(), `"other", ${etag()}`, `W/${etag()}`, '*']) {
      const answer = await get('drive.bin', { 'if-none-match': tag });
      expect(answer.status).toBe(304);
      expect(await body(answer)).toHaveLength(0);
    }
    expect((await get('drive.bin', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('goes on only when the file is still the same', async () => {
    expect((await get('drive.bin', { range: 'bytes=5-', 'if-range': etag() })).status).toBe(206);
    for (const other of ['"other"', `W/${etag()}`, 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      const answer = await get('drive.bin', { range: 'bytes=5-', 'if-range': other });
      expect(answer.status).toBe(200);
      expect(await body(answer)).toHaveLength(100_000);
    }
  });

  it('can be asked about without its bytes, but not changed', async () => {
    const answer = await get('drive.bin', {}, 'HEAD');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '100000']);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await get('drive.bin', {}, method)).status).toBe(405);
  });

  it('of an empty file is empty', async () => {
    await work.tus.begin(record, 'empty.txt', 0);
    const answer = await get('empty.txt');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '0']);
    expect((await get('empty.txt', { range: 'bytes=0-' })).status).toBe(416);
  });

  it.each([`it's "quoted"; a=b.txt`, 'Übung 日本語.mcap', 'emoji 🤖.bag', '50% off\u00A0.csv', 'a/b/deep.txt'])(
    'keeps the name %s',
    async (path) => {
      await work.tus.upload(record, path, 'named');
      const answer = await get(path);
      expect(answer.status).toBe(200);
      const disposition = answer.headers.get('content-disposition') ?? '';
      expect(disposition).toMatch(/^attachment/);
      expect(nameIn(disposition)).toBe(path.split('/').at(-1));
    },
  );

  it('of a page with a script is never shown as a page', async () => {
    for (const path of ['evil.html', 'evil.svg', 'evil.pdf', 'evil.js']) {
      await work.tus.upload(record, path, '<script>alert(document.cookie)</script>');
      const { headers } = await get(path);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('cache-control')).toMatch(/private/);
    }
  });

  it('is refused to nobody and to strangers, and of what is deleted', async () => {
    const stranger = await server.signIn(`stranger-${newId().slice(-12)}@example.com`);
    const as = (headers: Record<string, string>) =>
      fetch(`${server.url}/files/${record}/files/drive.bin`, { headers }).then((answer) => answer.status);
    expect(await as(nobody.headers)).toBe(401);
    expect(await as(stranger.headers)).toBe(404);
    expect((await get('never-was.bin')).status).toBe(404);
    const name = await work.tus.upload(record, 'deleted.bin', 'bytes');
    await work.files.deleteFile({ name });
    expect((await get('deleted.bin')).status).toBe(404);
    const other = await work.record();
    await work.tus.upload(other, 'a.txt', 'bytes');
    await work.records.deleteRecord({ name: other });
    const gone = await fetch(`${server.url}/files/${other}/files/a.txt`, { headers: work.admin.headers });
    expect([gone.status, gone.headers.get('muster-reason')]).toEqual([409, 'record_deleted']);
    for (const path of ['/files/', '/files/%', `/files/${record}/files/%2e%2e%2fx`])
      expect((await fetch(`${server.url}${path}`, { headers: work.admin.headers })).status).toBe(404);
  });

  it('may be hung up on at any time', async () => {
    const large = Buffer.alloc(8_000_000, 'x');
    await work.tus.upload(record, 'large.bin', large);
    for (let index = 0; index < 10; index++)
      await new Promise<void>((resolve) => {
        const request = httpRequest(
          `${server.url}/files/${record}/files/large.bin`,
          { headers: work.admin.headers, agent: false },
          (answer) => {
            answer.once('data', () => request.destroy());
            answer.once('close', resolve);
            answer.on('error', () => {});
          },
        );
        request.on('error', () => {});
        request.end();
      });
    expect((await body(await get('large.bin'))).equals(large)).toBe(true);
  });
});

describe('the audit log', () => {
  const downloads = async (path: string): Promise<number> => {
    const { auditEvents } = await server
      .client(AuditService, work.admin)
      .listAuditEvents({ parent: work.organization.name, search: 'file.download', pageSize: 1000 });
    return auditEvents.filter((event) => event.target.endsWith(`/files/${path}`)).length;
  };

  it('has a row for each download, and one for a reader of a thousand ranges', async () => {
    await work.tus.upload(record, 'audited.bin', content);
    await body(await get('audited.bin'));
    await body(await get('audited.bin'));
    expect(await downloads('audited.bin')).toBe(2);
    await get('audited.bin', {}, 'HEAD');
    for (let start = 0; start < 2000; start += 100)
      await body(await get('audited.bin', { range: `bytes=${start}-${start + 99}` }));
    expect(await downloads('audited.bin')).toBe(2);
    server.clock.forward(HOUR);
    await body(await get('audited.bin', { range: 'bytes=5-10' }));
    expect(await downloads('audited.bin')).toBe(3);
  });

  it('cannot be kept from seeing a download by leaving out the first byte', async () => {
    await work.tus.upload(record, 'stolen.bin', content);
    await body(await get('stolen.bin', { range: 'bytes=1-' }));
    expect(await waitFor(async () => (await downloads('stolen.bin')) || null)).toBe(1);
  });
});

/** The name that RFC 6266 section 4.3 lets a client save the file under. */
function nameIn(disposition: string): string {
  const extended = /filename\*=UTF-8''(?<name>[^;]+)/.exec(disposition)?.groups?.['name'];
  if (extended) return decodeURIComponent(extended);
  const plain = /filename="(?<name>(?:\\.|[^"\\])*)"/.exec(disposition)?.groups?.['name'];
  return (plain ?? /filename=(?<name>[^;]+)/.exec(disposition)?.groups?.['name'] ?? '').replaceAll(/\\(.)/g, '$1');
}
