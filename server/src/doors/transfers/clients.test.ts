import { request } from 'node:http';
import { connect } from 'node:http2';
import { Readable } from 'node:stream';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { metadata, sha256 } from '../../../test/tus.ts';
import { Workspace } from '../../../test/workspace.ts';

let server: TestServer;
let work: Workspace;
let record: string;

beforeAll(async () => {
  server = await startServer();
  work = await Workspace.make(server);
  record = await work.record();
});
afterAll(() => server[Symbol.asyncDispose]());

const content = Buffer.alloc(3_000_000, 'a recording of sorts ');

describe('tus-js-client', () => {
  const upload = (path: string, options: Partial<tus.UploadOptions> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const made = new tus.Upload(Readable.from(content), {
        endpoint: `${server.url}/uploads/`,
        headers: work.admin.headers,
        metadata: { record, path, sha256: sha256(content) },
        uploadSize: content.length,
        chunkSize: 700_000,
        retryDelays: [0, 50],
        onError: reject,
        onSuccess: () => resolve(made.url ?? ''),
        ...options,
      });
      made.start();
    });

  it('uploads a stream in parts', async () => {
    await upload('stream.bin');
    expect((await work.list(record)).find((file) => file.path === 'stream.bin')?.sha256).toBe(sha256(content));
  });

  it('uploads with the creation, and finds a finished upload complete', async () => {
    const url = await upload('creation.bin', { uploadDataDuringCreation: true });
    await upload('creation.bin', { uploadUrl: url });
    expect((await work.list(record, true)).filter((file) => file.path === 'creation.bin')).toEqual([]);
  });

  it('is told by a status it understands that a hash is wrong', async () => {
    const failed = await upload('wrong.bin', { metadata: { record, path: 'wrong.bin', sha256: sha256('x') } }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed instanceof tus.DetailedError && failed.originalResponse?.getStatus()).toBe(460);
  });
});

describe('other clients', () => {
  it('may speak HTTP/2', async () => {
    const session = connect(server.url);
    const call = (headers: Record<string, string>, body: Buffer): Promise<Record<string, string>> =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ...work.admin.headers, 'tus-resumable': '1.0.0', ...headers });
        stream.once('response', (answer) =>
          resolve(Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, String(value)]))),
        );
        stream.once('error', reject);
        stream.resume().end(body);
      });
    const made = await call(
      {
        ':method': 'POST',
        ':path': '/uploads/',
        'upload-length': String(content.length),
        'upload-metadata': metadata({ record, path: 'h2.bin' }),
      },
      Buffer.alloc(0),
    );
    expect(made[':status']).toBe('201');
    const part = await call(
      {
        ':method': 'PATCH',
        ':path': made['location'] ?? '',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      content,
    );
    expect(part[':status']).toBe('204');
    expect((await work.list(record)).find((file) => file.path === 'h2.bin')?.sha256).toBe(sha256(content));
    session.close();
  });

  it('learn what the server can do', async () => {
    const answer = await fetch(`${server.url}/uploads/`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('tus-version')).toBe('1.0.0');
    expect(answer.headers.get('tus-extension')?.split(',')).toEqual(
      expect.arrayContaining(['creation', 'creation-with-upload', 'termination', 'expiration']),
    );
  });

  it('get the answer of a refused part although they are still sending', async () => {
    const { location } = await work.tus.begin(record, 'late.bin', content.length);
    const status = await new Promise<number>((resolve, reject) => {
      const part = request(
        `${server.url}${location}`,
        {
          method: 'PATCH',
          agent: false,
          headers: {
            ...work.admin.headers,
            'tus-resumable': '1.0.0',
            'upload-offset': '99',
            'content-length': content.length,
            'content-type': 'application/offset+octet-stream',
          },
        },
        (answer) => resolve(answer.statusCode ?? 0),
      );
      part.on('error', reject);
      part.end(content);
    });
    expect(status).toBe(409);
  });
});
