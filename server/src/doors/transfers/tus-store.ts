import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/utils';
import { acceptPart, beginUpload, checkUpload, endUpload } from '../../features/files/index.ts';
import type { UploadView } from '../../features/files/index.ts';
import { isOutOfSpace } from '../../platform/blobs/disk.ts';
import { BytesLost } from '../../platform/blobs/store.ts';
import { DAY } from '../../platform/clock.ts';
import type { Context, Platform, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { runRequest } from '../../platform/run.ts';
import { parseTwo } from '../../platform/wire/names.ts';

/** One request of the tus protocol: who makes it, and what comes of it. */
export interface TusCall {
  readonly facts: RequestFacts;
  /** Resource name of the file, once the upload is complete. */
  file: string | null;
}

export const tusCall = new AsyncLocalStorage<TusCall>();

/** The address of an upload names its project too, because rights are those in the project. */
interface UploadId {
  readonly project: string;
  readonly upload: string;
}

function parseId(id: string): UploadId {
  const [project = '', upload = ''] = id.split('.');
  if (!isId(project) || !isId(upload)) throw new Refusal('upload_expired');
  return { project, upload };
}

/** The tus protocol on the verbs of files: it decides nothing, and holds no bytes. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  readonly #platform: Platform;

  constructor(platform: Platform) {
    super();
    this.#platform = platform;
  }

  /** Opens the upload; answers its id. tus asks for the id before it creates. */
  async begin(metadata: Record<string, string | null>, length: string | null): Promise<string> {
    const [project, record] = parseTwo('projects/*/records/*', metadata['record'] ?? '');
    if (!length || !/^\d{1,15}$/.test(length))
      throw new Refusal('field_invalid', {
        field: 'Upload-Length',
        sentence: 'Upload-Length must say how many bytes the file has.',
      });
    const begun = await this.#run(true, (ctx) =>
      beginUpload(ctx, {
        project,
        record,
        path: metadata['path'] ?? '',
        byteSize: BigInt(length),
        sha256: metadata['sha256'] ?? '',
      }),
    );
    return `${begun.projectId}.${begun.uploadId}`;
  }

  /** Nothing to prepare: the row is there, and the bytes make their own file. An empty file is complete at once. */
  override async create(upload: Upload): Promise<Upload> {
    upload.creation_date = new Date().toISOString();
    if (upload.size === 0) {
      const { received } = await this.#platform.blobs.append(parseId(upload.id).upload, 0, emptyBody(), 0);
      await this.#acknowledge(upload.id, 0, received, 0);
    }
    return upload;
  }

  /** Where an upload stands, for who may go on with it. */
  check(id: string): Promise<UploadView> {
    const { project, upload } = parseId(id);
    return this.#run(false, (ctx) => checkUpload(ctx, { project, upload }));
  }

  override async getUpload(id: string): Promise<Upload> {
    const view = await this.check(id);
    // tus adds its time to live to the creation: from our expiry back to that.
    return new Upload({
      id,
      size: Number(view.byteSize),
      offset: Number(view.received),
      creation_date: new Date(view.expireTime.getTime() - this.getExpiration()).toISOString(),
    });
  }

  /** Takes the bytes of one part. What arrived before a connection broke is kept and counted. */
  override async write(body: Readable, id: string, offset: number): Promise<number> {
    const view = await this.check(id);
    const call = current();
    if (view.file) {
      call.file = view.file;
      return Number(view.byteSize);
    }
    if (Number(view.received) !== offset) throw new Refusal('offset_mismatch');
    const size = Number(view.byteSize);
    const { received, broken } = await this.#append(parseId(id).upload, offset, body, size);
    // A body longer than what is missing proves that the file is another one: none of it counts.
    if (isTooMuch(broken)) throw new Refusal('size_exceeds_declared');
    await this.#acknowledge(id, offset, received, size);
    if (broken) throw broken;
    return received;
  }

  override async remove(id: string): Promise<void> {
    const { project, upload } = parseId(id);
    await this.#run(true, (ctx) => endUpload(ctx, { project, upload }));
    await this.#platform.blobs.discard(upload);
  }

  override getExpiration(): number {
    return 7 * DAY;
  }

  async #append(
    upload: string,
    offset: number,
    body: Readable,
    size: number,
  ): Promise<{ received: number; broken: Error | null }> {
    try {
      return await this.#platform.blobs.append(upload, offset, body, size);
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal('size_exceeds_declared');
      if (error instanceof BytesLost) throw new Refusal('upload_expired');
      throw isOutOfSpace(error) ? new Refusal('storage_full') : error;
    }
  }

  async #acknowledge(id: string, from: number, received: number, size: number): Promise<void> {
    const { project, upload } = parseId(id);
    const { blobs } = this.#platform;
    const sha256 = received === size ? await blobs.digest(upload, size) : null;
    try {
      const file = await this.#run(true, (ctx) =>
        acceptPart(ctx, { project, upload, from: BigInt(from), received: BigInt(received), sha256 }),
      );
      if (!file) return;
      current().file = file;
      await blobs.discard(upload);
    } catch (error) {
      if (error instanceof Refusal && error.reason === 'checksum_mismatch') await this.remove(id);
      throw error;
    }
  }

  #run<T>(writes: boolean, work: (ctx: Context) => Promise<T>): Promise<T> {
    return runRequest(this.#platform, { ...current().facts, writes }, work);
  }
}

function current(): TusCall {
  const call = tusCall.getStore();
  if (!call) throw new Error('a tus request without its caller');
  return call;
}

/** What the library's own limit throws at a body that is longer than what is missing. */
export const isTooMuch = (error: unknown): boolean =>
  error instanceof Error && 'status_code' in error && error.status_code === 413;

async function* emptyBody(): AsyncIterable<Uint8Array> {}
