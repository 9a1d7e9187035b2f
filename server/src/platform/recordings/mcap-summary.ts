import { McapIndexedReader, McapStreamReader } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { ContentBuilder, isPlausible } from './content.ts';
import type { Reading } from './source.ts';

/** The reader keeps a summary as objects, several times its size: of a longer one the file is scanned instead. */
const LONGEST_SUMMARY = 128 * 1024 * 1024;

/** The summary is there and may be sound, and yet does not tell all. */
class Insufficient extends Error {}

/**
 * The content as the summary section says it. `insufficient`: there is none, or it leaves out what is needed.
 * `damaged`: there is no footer, or what it points to cannot be read.
 */
export async function readSummary(reading: Reading): Promise<ContentBuilder | 'insufficient' | 'damaged'> {
  try {
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: () => Promise.resolve(BigInt(reading.size)),
        read: async (offset, length) => {
          if (offset + length > BigInt(reading.size)) throw new RangeError('outside the file');
          return await readExactly(reading, Number(offset), Number(length));
        },
      },
    });
    return await describeSummary(reading, reader);
  } catch (error) {
    reading.check();
    return error instanceof Insufficient ? 'insufficient' : 'damaged';
  }
}

async function describeSummary(reading: Reading, reader: McapIndexedReader): Promise<ContentBuilder> {
  const { statistics } = reader;
  if (!statistics) throw new Insufficient();
  const content = new ContentBuilder('mcap');
  content.indexed = true;
  content.profile = reader.header.profile;
  content.library = reader.header.library;
  content.chunkCount = statistics.chunkCount;
  content.attachmentCount = statistics.attachmentCount;
  content.metadataCount = statistics.metadataCount;
  for (const chunk of reader.chunkIndexes) if (chunk.compression) content.compressions.add(chunk.compression);
  let counted = 0n;
  for (const [id, channel] of reader.channelsById) {
    const schema = reader.schemasById.get(channel.schemaId);
    // A writer may leave schemas and channels out of the summary. (MCAP specification, "Summary Section")
    if (channel.schemaId !== 0 && !schema) throw new Insufficient();
    const { topic, messageEncoding } = channel;
    content.channel(id, {
      topic,
      messageEncoding,
      schemaName: schema?.name ?? '',
      schemaEncoding: schema?.encoding ?? '',
    });
    const messages = statistics.channelMessageCounts.get(id) ?? 0n;
    content.count(id, messages);
    counted += messages;
  }
  if (counted !== statistics.messageCount || counted > BigInt(Number.MAX_SAFE_INTEGER)) throw new Insufficient();
  if (counted > 0n) await noteTimes(content, reading, reader, statistics);
  return content;
}

async function noteTimes(
  content: ContentBuilder,
  reading: Reading,
  reader: McapIndexedReader,
  statistics: McapTypes.TypedMcapRecords['Statistics'],
): Promise<void> {
  const { messageStartTime: start, messageEndTime: end } = statistics;
  if (start > end) throw new Insufficient();
  if (isPlausible(start) && isPlausible(end)) {
    content.range(start, end);
    return;
  }
  if (reader.chunkIndexes.length === 0 || reader.chunkIndexes.length !== statistics.chunkCount)
    throw new Insufficient();
  for (const chunk of reader.chunkIndexes) {
    if (isPlausible(chunk.messageStartTime) && isPlausible(chunk.messageEndTime))
      content.range(chunk.messageStartTime, chunk.messageEndTime);
    else await noteOutliers(content, reading, chunk);
  }
}

/** The time of each message of a chunk stands in the message indexes behind it: the chunk itself is not read. */
async function noteOutliers(
  content: ContentBuilder,
  reading: Reading,
  chunk: McapTypes.TypedMcapRecords['ChunkIndex'],
): Promise<void> {
  if (chunk.messageIndexLength === 0n) throw new Insufficient();
  const offset = chunk.chunkStartOffset + chunk.chunkLength;
  const bytes = await readExactly(reading, Number(offset), Number(chunk.messageIndexLength));
  const parser = new McapStreamReader({ noMagicPrefix: true });
  parser.append(bytes);
  for (let record = parser.nextRecord(); record; record = parser.nextRecord()) {
    if (record.type !== 'MessageIndex') throw new Insufficient();
    for (const [time] of record.records) content.time(time);
  }
}

async function readExactly(reading: Reading, offset: number, length: number): Promise<Buffer> {
  if (length > LONGEST_SUMMARY) throw new Insufficient();
  const bytes = await reading.read(offset, length);
  if (bytes.length !== length) throw new RangeError('outside the file');
  return bytes;
}
