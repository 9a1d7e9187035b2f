import { open } from 'node:fs/promises';
import type { UploadOptions } from 'tus-js-client';

type Parts = NonNullable<UploadOptions['fileReader']>;

/**
 * Reads a file for tus in parts of `size` bytes, all into the same memory: a part is asked for when the one before has
 * been answered. Streams would take new memory for each piece, and the collector more time than the sending.
 */
export function partsOf(path: string, size: number): Parts {
  return {
    openFile: async () => {
      const file = await open(path);
      const stats = await file.stat();
      const memory = Buffer.allocUnsafe(Math.min(size, stats.size));
      return {
        size: stats.size,
        slice: async (start, end) => {
          const length = Math.min(end, stats.size) - start;
          for (let done = 0; done < length;) {
            const { bytesRead } = await file.read(memory, done, length - done, start + done);
            if (bytesRead === 0) throw new Error(`${path} has become shorter.`);
            done += bytesRead;
          }
          // tus tells the length of what it sends by this property.
          return { value: Object.assign(memory.subarray(0, length), { size: length }), done: end >= stats.size };
        },
        close: () => void file.close(),
      };
    },
  };
}
