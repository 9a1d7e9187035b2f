import Bzip2 from '@foxglove/wasm-bz2';
import LZ4 from '@foxglove/wasm-lz4';
import { damaged, LONGEST, tooLarge, unknownCompression } from './problem.ts';

let bzip2: Promise<Bzip2> | null = null;

/** Unpacks a chunk; `size` is what the chunk at `offset` says it unpacks to. */
export async function unpackChunk(compression: string, packed: Buffer, size: number, offset: number): Promise<Buffer> {
  if (compression !== 'bz2' && compression !== 'lz4') throw unknownCompression(offset, compression);
  if (size > LONGEST) throw tooLarge(offset, size);
  await LZ4.isLoaded;
  const unpackBzip2 = await (bzip2 ??= Bzip2.init());
  try {
    const data = compression === 'lz4' ? LZ4(packed, size) : unpackBzip2.decompress(packed, size, { small: false });
    if (data.byteLength === size) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  } catch {
    // Said below: what the libraries throw tells nothing more.
  }
  throw damaged(offset);
}
