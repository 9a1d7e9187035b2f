import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Caller, TestServer } from './harness.ts';

/** What came back: JSON where it was JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly reason?: string; readonly field?: string; readonly message?: string };
  /** Offset that the server acknowledged; NaN without one. */
  readonly offset: number;
  /** Resource name of the finished file; empty without one. */
  readonly file: string;
}

const PART = { 'content-type': 'application/offset+octet-stream' };

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const encoded = (value: string): string => Buffer.from(value).toString('base64');

export const metadata = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${encoded(value)}`)
    .join(',');

/** One person's requests of the tus protocol 1.0, byte for byte. */
export class TusClient {
  readonly #url: string;
  readonly #caller: Caller;

  constructor(server: Pick<TestServer, 'url'>, caller: Caller) {
    this.#url = server.url;
    this.#caller = caller;
  }

  /** Opens an upload; with `body` the creation carries the first bytes. */
  begin(
    record: string,
    path: string,
    size: number,
    options: { sha256?: string; body?: Uint8Array | string } = {},
  ): Promise<Answer & { location: string }> {
    return this.#send('POST', '/uploads/', options.body, {
      'upload-length': String(size),
      'upload-metadata': metadata({ record, path, ...(options.sha256 && { sha256: options.sha256 }) }),
      ...(options.body !== undefined && PART),
    });
  }

  patch(location: string, offset: number, body: Uint8Array | string | ReadableStream): Promise<Answer> {
    return this.#send('PATCH', location, body, { 'upload-offset': String(offset), ...PART });
  }

  head(location: string): Promise<Answer> {
    return this.#send('HEAD', location, undefined, {});
  }

  end(location: string): Promise<Answer> {
    return this.#send('DELETE', location, undefined, {});
  }

  /** Uploads a file whole, in one request; answers its resource name. */
  async upload(record: string, path: string, bytes: Uint8Array | string): Promise<string> {
    const answer = await this.begin(record, path, Buffer.byteLength(bytes), { body: bytes });
    if (answer.status !== 201)
      throw new Error(`the upload was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.file;
  }

  /** Sends `bytes` of a part that is declared longer, and breaks the connection. */
  breakOff(location: string, offset: number, bytes: Uint8Array, declared: number): Promise<void> {
    return new Promise((resolve) => {
      const request = httpRequest(`${this.#url}${location}`, {
        method: 'PATCH',
        agent: false,
        headers: {
          ...this.#caller.headers,
          'tus-resumable': '1.0.0',
          'upload-offset': String(offset),
          'content-length': declared,
          ...PART,
        },
      });
      request.on('error', () => resolve());
      request.write(bytes, () => setTimeout(() => request.destroy(), 300));
    });
  }

  async #send(
    method: string,
    path: string,
    body: Uint8Array | string | ReadableStream | undefined,
    headers: Record<string, string>,
  ): Promise<Answer & { location: string }> {
    const init: RequestInit & { duplex?: 'half' } = {
      method,
      headers: { ...this.#caller.headers, 'tus-resumable': '1.0.0', ...headers },
    };
    if (body !== undefined) init.body = body instanceof Uint8Array ? new Uint8Array(body) : body;
    if (body instanceof ReadableStream) init.duplex = 'half';
    const answer = await fetch(`${this.#url}${path}`, init);
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      // The shape of every refusal, by docs/errors.md.
      body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
      offset: Number(answer.headers.get('upload-offset') ?? Number.NaN),
      file: (answer.headers.get('muster-file') ?? '').split('/').map(decodeURIComponent).join('/'),
      location: answer.headers.get('location') ?? '',
    };
  }
}
