import { Bag } from '@foxglove/rosbag';
import { field, OP, readBagHeader, readBagRecord, timeAt } from './bag-record.ts';
import type { BagHeader } from './bag-record.ts';
import { ContentBuilder, isPlausible } from './content.ts';
import { Broken, truncated } from './problem.ts';
import type { Reading } from './source.ts';
import { Window } from './window.ts';
import type { Bytes } from './window.ts';

/** The library keeps an index as objects, several times its size: with a longer one the bag is scanned instead. */
const LONGEST_INDEX = 128 * 1024 * 1024;
/** Small, for the index lies behind chunks that are not to be read. */
const PIECE = 8 * 1024;

type ChunkInfo = Bag['chunkInfos'][number];

/**
 * The content as the index says it. `insufficient`: there is none, or it leaves out what is needed. `truncated`:
 * the file ends before the index does. `damaged`: it cannot be read.
 */
export async function readBagIndex(
  reading: Reading,
): Promise<ContentBuilder | 'insufficient' | 'truncated' | 'damaged'> {
  try {
    const window = new Window(reading, PIECE);
    const header = await readBagHeader(window);
    if (header.indexPosition === 0 || reading.size - header.indexPosition > LONGEST_INDEX) return 'insufficient';
    await checkIndex(window, header);
    return await describeIndex(window, await openBag(window));
  } catch (error) {
    reading.check();
    return error instanceof Broken && error.problem.reason === 'file_truncated' ? 'truncated' : 'damaged';
  }
}

/** Follows the index once, for the library believes every length and count. */
async function checkIndex(window: Window, header: BagHeader): Promise<void> {
  if (Math.max(header.end, header.indexPosition) > window.size) throw truncated(window.size);
  let offset = header.indexPosition;
  for (let n = 0; n < header.connectionCount + header.chunkCount; n += 1) {
    const record = await readBagRecord(window, offset);
    const op = n < header.connectionCount ? OP.connection : OP.chunkInfo;
    if (record.op !== op || record.end > window.size) throw new RangeError('the index is not what the header says');
    offset = record.end;
  }
}

async function openBag(window: Window): Promise<Bag> {
  const file = {
    size: () => window.size,
    read: async (offset: number, length: number) =>
      new Uint8Array(await window.at(offset, Math.min(length, window.size - offset))),
  };
  const bag = new Bag(file, { parse: false });
  await bag.open();
  return bag;
}

async function describeIndex(window: Window, bag: Bag): Promise<ContentBuilder> {
  const content = new ContentBuilder('bag');
  content.indexed = true;
  content.profile = 'ros1';
  content.chunkCount = bag.chunkInfos.length;
  for (const [id, { topic, type = '' }] of bag.connections)
    content.channel(id, { topic, schemaName: type, schemaEncoding: 'ros1msg', messageEncoding: 'ros1' });
  for (const chunk of bag.chunkInfos) await noteChunk(content, window, chunk);
  // A recorder packs all chunks in one way, except that it may have been told otherwise when a bag was continued.
  for (const chunk of [bag.chunkInfos.at(0), bag.chunkInfos.at(-1)]) {
    if (!chunk) continue;
    const record = await readBagRecord(window, chunk.chunkPosition);
    const compression = field(record, 'compression').toString('latin1');
    if (compression !== 'none') content.compressions.add(compression.slice(0, 40));
  }
  return content;
}

async function noteChunk(content: ContentBuilder, window: Window, chunk: ChunkInfo): Promise<void> {
  let messages = 0;
  for (const { conn, count } of chunk.connections) {
    if (!content.has(conn)) throw new RangeError('messages of a connection that is not described');
    content.count(conn, BigInt(count));
    messages += count;
  }
  if (messages === 0) return;
  const start = nanoseconds(chunk.startTime);
  const end = nanoseconds(chunk.endTime);
  if (start > end) throw new RangeError('a chunk that ends before it begins');
  if (isPlausible(start) && isPlausible(end)) content.range(start, end);
  else await noteOutliers(content, window, chunk);
}

/** The time of each message of a chunk stands in the index records behind it: the chunk itself is not read. */
async function noteOutliers(content: ContentBuilder, bytes: Bytes, chunk: ChunkInfo): Promise<void> {
  let { end } = await readBagRecord(bytes, chunk.chunkPosition);
  for (const { count } of chunk.connections) {
    const index = await readBagRecord(bytes, end);
    if (index.op !== OP.indexData || index.dataLength !== count * 12) throw new RangeError('no index of this chunk');
    const entries = await bytes.at(index.dataOffset, index.dataLength);
    for (let at = 0; at < entries.length; at += 12) content.time(timeAt(entries, at));
    end = index.end;
  }
}

const nanoseconds = (time: { sec: number; nsec: number }): bigint =>
  BigInt(time.sec) * 1_000_000_000n + BigInt(time.nsec);
