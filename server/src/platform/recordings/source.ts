import { open } from 'node:fs/promises';
import type { ByteSource } from '../blobs/store.ts';

/** A file on disk as a source; disposing it closes the file. */
export async function fileSource(path: string): Promise<ByteSource & AsyncDisposable> {
  const file = await open(path, 'r');
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

/**
 * One pass over a source. It counts the bytes, stops when told to, and remembers an error of the source itself, so
 * that a failing disk is never taken for a damaged file.
 */
export class Reading {
  /** As the source says it, until the source turns out to end earlier. */
  size: number;
  bytesRead = 0;
  readonly #source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  #failure: { readonly error: unknown } | null = null;

  constructor(source: ByteSource, signal?: AbortSignal) {
    this.size = source.size;
    this.#source = source;
    this.#signal = signal;
  }

  /** The bytes from `offset` on: `length` of them, or fewer where the file ends. */
  async read(offset: number, length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    const end = Math.min(offset + length, this.size);
    try {
      while (offset < end) {
        this.#signal?.throwIfAborted();
        const piece = await this.#source.read(offset, end - offset);
        if (piece.length === 0) {
          this.size = offset;
          break;
        }
        pieces.push(piece);
        offset += piece.length;
        this.bytesRead += piece.length;
      }
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
    const [only] = pieces;
    if (only && pieces.length === 1) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
    return Buffer.concat(pieces);
  }

  /** Throws what the source threw: to be called wherever errors of parsers are caught. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
