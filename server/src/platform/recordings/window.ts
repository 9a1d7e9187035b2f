import { damaged, LONGEST, tooLarge, truncated } from './problem.ts';
import type { Reading } from './source.ts';

/** Bytes that records are parsed from: a file, or an unpacked chunk. */
export interface Bytes {
  readonly size: number;
  /** Exactly `length` bytes from `offset` on, or throws `Broken`. They are valid until the next call. */
  at(offset: number, length: number): Promise<Buffer>;
}

/** A file seen through a buffer that moves forward, so that many small records cost few reads and none is read twice. */
export class Window implements Bytes {
  readonly #reading: Reading;
  readonly #piece: number;
  #start = 0;
  #held: Buffer = Buffer.alloc(0);

  /** `piece`: how many bytes are read at once, unless more are asked for. */
  constructor(reading: Reading, piece: number) {
    this.#reading = reading;
    this.#piece = piece;
  }

  get size(): number {
    return this.#reading.size;
  }

  async at(offset: number, length: number): Promise<Buffer> {
    if (offset + length > this.size) throw truncated(this.size);
    if (length > LONGEST) throw tooLarge(offset, length);
    if (offset < this.#start || offset + length > this.#start + this.#held.length) await this.#move(offset, length);
    const from = offset - this.#start;
    if (from + length > this.#held.length) throw truncated(this.#start + this.#held.length);
    return this.#held.subarray(from, from + length);
  }

  async #move(offset: number, length: number): Promise<void> {
    const from = offset - this.#start;
    const kept = from >= 0 && from < this.#held.length ? this.#held.subarray(from) : Buffer.alloc(0);
    const more = await this.#reading.read(offset + kept.length, Math.max(length - kept.length, this.#piece));
    this.#held = kept.length === 0 ? more : Buffer.concat([kept, more]);
    this.#start = offset;
  }
}

/** An unpacked chunk; `offset` is where it stands in the file. */
export const chunkBytes = (data: Buffer, offset: number): Bytes => ({
  size: data.length,
  at: (from, length) =>
    from + length > data.length ? Promise.reject(damaged(offset)) : Promise.resolve(data.subarray(from, from + length)),
});
