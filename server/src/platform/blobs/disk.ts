import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, opendir, rm, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isId } from '../ids.ts';
import { BytesLost } from './store.ts';
import type { Blobs, ByteSource } from './store.ts';

/** Hashes of uploads under way that are kept in memory; the least recently used one is read again when it is needed. */
const LIVE_HASHES = 1000;
const PIECE = 1024 * 1024;

interface LiveHash {
  readonly hash: Hash;
  readonly offset: number;
}

/**
 * Blobs on a local disk: `uploads/<id>` while they arrive, `<organization>/<first two digits>/<sha256>` afterwards.
 * A content appears by a hard link, which is atomic, after its bytes were synced, and its folder is synced before
 * anybody is told.
 */
export class DiskBlobs implements Blobs {
  readonly #root: string;
  readonly #hashes = new Map<string, LiveHash>();

  private constructor(root: string) {
    this.#root = root;
  }

  static async open(root: string): Promise<DiskBlobs> {
    await mkdir(join(root, 'uploads'), { recursive: true });
    return new DiskBlobs(root);
  }

  async append(
    uploadId: string,
    offset: number,
    part: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ received: number; broken: Error | null }> {
    const path = this.#upload(uploadId);
    await using file = await openUpload(path, offset);
    await file.truncate(offset);
    const hash = this.#takeHash(uploadId, offset);
    let received = offset;
    let broken: Error | null = null;
    try {
      for await (const bytes of part) {
        if (received + bytes.length > limit) throw new RangeError('more bytes than declared');
        const written = writeAll(file, bytes, received);
        hash?.update(bytes);
        await written;
        received += bytes.length;
        release(bytes);
      }
    } catch (error) {
      if (isOutOfSpace(error) || error instanceof RangeError) {
        // What does not count must not fill the disk either.
        await file.truncate(offset);
        throw error;
      }
      broken = error instanceof Error ? error : new Error(String(error));
    }
    await file.datasync();
    if (offset === 0) await syncFolder(dirname(path));
    if (hash) this.#keepHash(uploadId, { hash, offset: received });
    return { received, broken };
  }

  async digest(uploadId: string, size: number): Promise<Buffer> {
    const live = this.#hashes.get(uploadId);
    if (live?.offset === size) return live.hash.copy().digest();
    const hash = createHash('sha256');
    if (size > 0) {
      for await (const bytes of createReadStream(this.#upload(uploadId), { end: size - 1, highWaterMark: PIECE }))
        hash.update(bytes);
    }
    return hash.digest();
  }

  async keep(uploadId: string, organizationId: string, sha256: Buffer): Promise<void> {
    const target = this.#content(organizationId, sha256);
    await mkdir(dirname(target), { recursive: true });
    try {
      await link(this.#upload(uploadId), target);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    await syncFolder(dirname(target));
    await syncFolder(dirname(dirname(target)));
    await syncFolder(this.#root);
    this.#hashes.delete(uploadId);
  }

  async discard(uploadId: string): Promise<void> {
    this.#hashes.delete(uploadId);
    await rm(this.#upload(uploadId), { force: true });
  }

  open(organizationId: string, sha256: Buffer, start: number, end: number): Readable {
    return createReadStream(this.#content(organizationId, sha256), { start, end, highWaterMark: 256 * 1024 });
  }

  async source(organizationId: string, sha256: Buffer): Promise<ByteSource & AsyncDisposable> {
    const file = await open(this.#content(organizationId, sha256), 'r');
    const { size } = await file.stat();
    return {
      size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
        return bytes.subarray(0, bytesRead);
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  }

  async has(organizationId: string, sha256: Buffer): Promise<boolean> {
    return (await modifiedAt(this.#content(organizationId, sha256))) !== null;
  }

  async erase(organizationId: string, sha256: Buffer): Promise<void> {
    await unlink(this.#content(organizationId, sha256)).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
  }

  async *list(): AsyncIterable<{ organizationId: string; sha256: Buffer; modified: Date }> {
    for await (const organization of await opendir(this.#root)) {
      // What others put here, such as lost+found, is none of ours.
      if (!isId(organization.name) || !organization.isDirectory()) continue;
      for await (const entry of await opendir(join(this.#root, organization.name), { recursive: true })) {
        if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(entry.name)) continue;
        const modified = await modifiedAt(join(entry.parentPath, entry.name));
        if (modified) yield { organizationId: organization.name, sha256: Buffer.from(entry.name, 'hex'), modified };
      }
    }
  }

  async *listUploads(): AsyncIterable<{ uploadId: string; modified: Date }> {
    for await (const entry of await opendir(join(this.#root, 'uploads'))) {
      if (!isId(entry.name)) continue;
      const modified = await modifiedAt(join(entry.parentPath, entry.name));
      if (modified) yield { uploadId: entry.name, modified };
    }
  }

  #upload(uploadId: string): string {
    return join(this.#root, 'uploads', uploadId);
  }

  #content(organizationId: string, sha256: Buffer): string {
    const name = sha256.toString('hex');
    return join(this.#root, organizationId, name.slice(0, 2), name);
  }

  /** The hash up to `offset`, or null when it must be read again at the end. */
  #takeHash(uploadId: string, offset: number): Hash | null {
    const live = this.#hashes.get(uploadId);
    this.#hashes.delete(uploadId);
    if (offset === 0) return createHash('sha256');
    return live?.offset === offset ? live.hash : null;
  }

  #keepHash(uploadId: string, live: LiveHash): void {
    this.#hashes.set(uploadId, live);
    const oldest = this.#hashes.keys().next().value;
    if (this.#hashes.size > LIVE_HASHES && oldest !== undefined) this.#hashes.delete(oldest);
  }
}

async function openUpload(path: string, offset: number): Promise<FileHandle> {
  if (offset === 0) return open(path, 'w');
  const file = await open(path, 'r+').catch((error: unknown) => {
    throw hasCode(error, 'ENOENT') ? new BytesLost() : error;
  });
  if ((await file.stat()).size >= offset) return file;
  await file.close();
  throw new BytesLost();
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Gives the memory of a piece back at once. Left to the collector, the pieces of a gigabyte, 64 KiB each, make it run
 * through everything every 16 MiB, which costs more than hashing and writing them.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** A new name is safe only when the folder that holds it is synced too. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

async function modifiedAt(path: string): Promise<Date | null> {
  try {
    return (await stat(path)).mtime;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

export const isOutOfSpace = (error: unknown): boolean => hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT');
