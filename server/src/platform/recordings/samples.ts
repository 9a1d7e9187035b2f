import { fileURLToPath } from 'node:url';
import { McapWriter } from '@mcap/core';
import type { McapWriterOptions } from '@mcap/core';
import type { ByteSource } from './index.ts';

/** Recordings for the tests of this folder: the files of `e2e/fixtures`, and MCAP files written here. */
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../e2e/fixtures/${name}`, import.meta.url));

/** A source in memory that notes the longest range it was asked for. */
export function memorySource(bytes: Uint8Array): ByteSource & { longest: number } {
  return {
    size: bytes.length,
    longest: 0,
    read(offset, length) {
      this.longest = Math.max(this.longest, length);
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
  };
}

/** A source of `size` bytes that begins with `bytes` and goes on with zeros, however long that is. */
export function sparseSource(bytes: Uint8Array, size: number): ByteSource & { longest: number } {
  return {
    size,
    longest: 0,
    read(offset, length) {
      this.longest = Math.max(this.longest, length);
      const piece = new Uint8Array(Math.min(length, size - offset));
      piece.set(bytes.subarray(offset, offset + piece.length));
      return Promise.resolve(piece);
    },
  };
}

/** Collects what a writer writes. */
class Collected {
  readonly #pieces: Buffer[] = [];
  #size = 0n;

  write(bytes: Uint8Array): Promise<void> {
    this.#pieces.push(Buffer.from(bytes));
    this.#size += BigInt(bytes.length);
    return Promise.resolve();
  }

  position(): bigint {
    return this.#size;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

/** 2026-01-01T00:00:00Z in nanoseconds since 1970. */
export const START = 1_767_225_600_000_000_000n;
const TENTH = 100_000_000n;

/** An MCAP without any summary section: complete, and not indexed. */
export const UNINDEXED: Partial<McapWriterOptions> = {
  useStatistics: false,
  useSummaryOffsets: false,
  useChunkIndex: false,
  useMessageIndex: false,
  useAttachmentIndex: false,
  useMetadataIndex: false,
  repeatChannels: false,
  repeatSchemas: false,
};

/** An MCAP of two topics, `/odom` and `/fix` in turn, a message each at `times`; with an attachment and a metadata record. */
export async function writeMcap(
  options: Partial<McapWriterOptions> = {},
  times: bigint[] = Array.from({ length: 40 }, (_, n) => START + BigInt(n) * TENTH),
): Promise<Buffer> {
  const writable = new Collected();
  const writer = new McapWriter({ writable, chunkSize: 400, ...options });
  await writer.start({ profile: 'ros2', library: 'muster-test' });
  const schemaId = await writer.registerSchema({
    name: 'nav_msgs/msg/Odometry',
    encoding: 'ros2msg',
    data: Buffer.from('float64 x'),
  });
  const channels: number[] = [];
  for (const topic of ['/odom', '/fix'])
    channels.push(await writer.registerChannel({ schemaId, topic, messageEncoding: 'cdr', metadata: new Map() }));
  for (const [n, logTime] of times.entries()) {
    const channelId = channels[n % channels.length] ?? 0;
    await writer.addMessage({ channelId, sequence: n, logTime, publishTime: START, data: Buffer.alloc(24, n) });
  }
  await writer.addAttachment({
    name: 'map.txt',
    mediaType: 'text/plain',
    logTime: START,
    createTime: START,
    data: Buffer.from('a map'),
  });
  await writer.addMetadata({ name: 'run', metadata: new Map([['operator', 'one']]) });
  await writer.end();
  return writable.bytes();
}

/** The range of the first chunk record of an MCAP, its prefix included. */
export function firstChunk(bytes: Buffer): { start: number; end: number } {
  for (let at = 8; at + 9 <= bytes.length;) {
    const end = at + 9 + Number(bytes.readBigUInt64LE(at + 1));
    if (bytes.readUInt8(at) === 0x06) return { start: at, end };
    at = end;
  }
  throw new RangeError('no chunk in these bytes');
}

/** The field of a bag's header behind which the place of the index stands. */
export const INDEX_POSITION = 'index_pos=';

/** A bag as it was while it was being written: without its index, and without the place of it in the header. */
export function withoutIndex(bag: Buffer): Buffer {
  const at = bag.indexOf(INDEX_POSITION) + INDEX_POSITION.length;
  const open = Buffer.from(bag.subarray(0, Number(bag.readBigUInt64LE(at))));
  open.writeBigUInt64LE(0n, at);
  return open;
}
