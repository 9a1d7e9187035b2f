import type { Readable } from 'node:stream';

/** Random access to the bytes of a content, for readers that need parts of it only. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes that were acknowledged are not there: the folder was changed, or is older than the database. */
export class BytesLost extends Error {}

/**
 * Where bytes live. It knows no rows and no rights: uploads in the making by their id, finished contents by
 * organization and SHA-256. A content is either there whole or not at all.
 */
export interface Blobs {
  /**
   * Writes a part of an upload at `offset`, bytes; what lies behind `offset` from a broken try is dropped. Returns how
   * many bytes of the upload are safe on disk now, also when the part broke off in the middle; `broken` says why.
   * Throws BytesLost, and RangeError for more bytes than `limit`.
   */
  append(
    uploadId: string,
    offset: number,
    part: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ received: number; broken: Error | null }>;
  /** SHA-256 of an upload whose `size` bytes have all arrived: computed on the way, or read again after a restart. */
  digest(uploadId: string, size: number): Promise<Buffer>;
  /** Makes an upload a content. The caller holds the row lock of the content. */
  keep(uploadId: string, organizationId: string, sha256: Buffer): Promise<void>;
  /** Drops the bytes of an upload; nothing to drop is fine. */
  discard(uploadId: string): Promise<void>;
  /** The bytes from `start` to `end`, both included. */
  open(organizationId: string, sha256: Buffer, start: number, end: number): Readable;
  /** Random access; closed by disposing it. */
  source(organizationId: string, sha256: Buffer): Promise<ByteSource & AsyncDisposable>;
  /** Whether a content is there. */
  has(organizationId: string, sha256: Buffer): Promise<boolean>;
  /** Erases a content. The caller holds its row lock. */
  erase(organizationId: string, sha256: Buffer): Promise<void>;
  /** Every content there is, with when it was written. */
  list(): AsyncIterable<{ organizationId: string; sha256: Buffer; modified: Date }>;
  /** Every upload that has bytes, with when they were written. */
  listUploads(): AsyncIterable<{ uploadId: string; modified: Date }>;
}
