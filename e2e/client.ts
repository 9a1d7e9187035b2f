import { createHash } from 'node:crypto';
import type { Muster } from './harness.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An answer that is not a success. `status` 0: there was no answer at all. */
export class Refused extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string) {
    super(`${status} ${reason}`);
    this.status = status;
    this.reason = reason;
  }
}

/** A program that uses Muster with an access token: JSON over Connect, and tus. */
export class Client {
  readonly #muster: Muster;

  constructor(muster: Muster) {
    this.#muster = muster;
  }

  /** Calls a method, like `RecordService/CreateRecord`. */
  async call<T>(method: string, request: object): Promise<T> {
    const answer = await this.#fetch(`/muster.v1.${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    // The shape is that of the contract, which the caller names.
    return (await readWhole(answer)) as T;
  }

  /** Opens an upload; answers its address. */
  async begin(record: string, path: string, size: number): Promise<string> {
    const encoded = (text: string): string => Buffer.from(text).toString('base64');
    const answer = await this.#fetch('/uploads/', {
      method: 'POST',
      headers: {
        'upload-length': String(size),
        'upload-metadata': `record ${encoded(record)},path ${encoded(path)}`,
      },
    });
    return answer.headers.get('location') ?? '';
  }

  /** Sends a part; answers the offset that was acknowledged. */
  async patch(location: string, offset: number, body: Uint8Array | ReadableStream): Promise<number> {
    const init: RequestInit & { duplex?: 'half' } = {
      method: 'PATCH',
      headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: body instanceof Uint8Array ? new Uint8Array(body) : body,
    };
    if (body instanceof ReadableStream) init.duplex = 'half';
    return offsetIn(await this.#fetch(location, init));
  }

  async head(location: string): Promise<number> {
    return offsetIn(await this.#fetch(location, { method: 'HEAD' }));
  }

  async end(location: string): Promise<void> {
    await this.#fetch(location, { method: 'DELETE' });
  }

  /** The bytes of a file, whole. */
  async download(file: string): Promise<Buffer> {
    const answer = await this.#fetch(`/files/${file.split('/').map(encodeURIComponent).join('/')}`, {});
    return answer.arrayBuffer().then(
      (bytes) => Buffer.from(bytes),
      () => Promise.reject(new Refused(0, 'broken off')),
    );
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${this.#muster.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${this.#muster.token}`, 'tus-resumable': '1.0.0', ...init.headers },
    }).catch((error: unknown) => {
      const cause = error instanceof Error ? (error.cause ?? error) : null;
      throw new Refused(0, cause instanceof Error ? cause.message : 'no answer');
    });
    if (answer.ok) return answer;
    const text = await answer.text().catch(() => '');
    throw new Refused(answer.status, answer.headers.get('muster-reason') ?? text.slice(0, 200));
  }
}

const offsetIn = (answer: Response): number => Number(answer.headers.get('upload-offset'));

const readWhole = (answer: Response): Promise<unknown> =>
  answer.json().catch(() => Promise.reject(new Refused(0, 'broken off')));
