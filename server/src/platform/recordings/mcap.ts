import { McapIndexedReader, McapStreamReader } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { loadDecompressHandlers } from '@mcap/support';
import type { ByteSource } from '../blobs/store.ts';
import { ContentBuilder } from './content.ts';
import type { Problem, RecordingContent } from './content.ts';

const PIECE = 4 * 1024 * 1024;
/** A record that says it is longer than this is damaged: it would be held in memory. */
const LONGEST_RECORD = 512 * 1024 * 1024;

/** Reads an MCAP: its summary by a few small ranges when it has one, else all of it, a piece at a time. */
export async function readMcap(source: ByteSource): Promise<RecordingContent> {
  return (await readSummary(source)) ?? readAll(source);
}

/** Null when there is no summary to trust: the file is cut off, damaged or was written without one. */
async function readSummary(source: ByteSource): Promise<RecordingContent | null> {
  const bounded = {
    size: () => Promise.resolve(BigInt(source.size)),
    read: (offset: bigint, length: bigint) => {
      if (length > BigInt(LONGEST_RECORD) || offset + length > BigInt(source.size))
        throw new RangeError('a length outside the file');
      return source.read(Number(offset), Number(length));
    },
  };
  try {
    const reader = await McapIndexedReader.Initialize({
      readable: bounded,
      decompressHandlers: await loadDecompressHandlers(),
    });
    const { statistics } = reader;
    if (!statistics) return null;
    const content = new ContentBuilder('mcap');
    content.indexed = true;
    content.profile = reader.header.profile;
    content.library = reader.header.library;
    content.chunkCount = statistics.chunkCount;
    content.attachmentCount = statistics.attachmentCount;
    content.metadataCount = statistics.metadataCount;
    for (const chunk of reader.chunkIndexes) if (chunk.compression) content.compressions.add(chunk.compression);
    for (const [id, channel] of reader.channelsById) {
      content.channel(id, describe(channel, reader.schemasById.get(channel.schemaId)));
      content.count(id, statistics.channelMessageCounts.get(id) ?? 0n);
    }
    if (statistics.messageCount > 0n) content.range(statistics.messageStartTime, statistics.messageEndTime);
    return content.build('ready');
  } catch {
    return null;
  }
}

async function readAll(source: ByteSource): Promise<RecordingContent> {
  const content = new ContentBuilder('mcap');
  const reader = new McapStreamReader({ decompressHandlers: await loadDecompressHandlers(), includeChunks: true });
  const schemas = new Map<number, McapTypes.TypedMcapRecords['Schema']>();
  let offset = 0;
  try {
    while (offset < source.size && !reader.done()) {
      const piece = await source.read(offset, PIECE);
      if (piece.length === 0) break;
      offset += piece.length;
      reader.append(piece);
      for (let record = reader.nextRecord(); record; record = reader.nextRecord()) note(content, schemas, record);
      if (reader.bytesRemaining() > LONGEST_RECORD) throw new RangeError('a record longer than any we would hold');
    }
    if (!reader.done())
      content.problem = {
        reason: 'file_truncated',
        sentence: `The file ends in the middle of a record, after ${source.size} bytes: what came before is shown.`,
      };
  } catch (error) {
    content.problem = explain(error, offset, content.isEmpty && content.library === '');
  }
  if (!content.problem) return content.build('ready');
  return content.build(content.problem.reason === 'format_unknown' ? 'failed' : 'partial');
}

function note(
  content: ContentBuilder,
  schemas: Map<number, McapTypes.TypedMcapRecords['Schema']>,
  record: McapTypes.TypedMcapRecord,
): void {
  switch (record.type) {
    case 'Header':
      content.profile = record.profile;
      content.library = record.library;
      break;
    case 'Schema':
      schemas.set(record.id, record);
      break;
    case 'Channel':
      content.channel(record.id, describe(record, schemas.get(record.schemaId)));
      break;
    case 'Message':
      content.message(record.channelId, record.logTime);
      break;
    case 'Chunk':
      content.chunkCount += 1;
      if (record.compression) content.compressions.add(record.compression);
      break;
    case 'Attachment':
      content.attachmentCount += 1;
      break;
    case 'Metadata':
      content.metadataCount += 1;
      break;
    default:
  }
}

const describe = (
  channel: McapTypes.TypedMcapRecords['Channel'],
  schema: McapTypes.TypedMcapRecords['Schema'] | undefined,
) => ({
  topic: channel.topic,
  schemaName: schema?.name ?? '',
  schemaEncoding: schema?.encoding ?? '',
  messageEncoding: channel.messageEncoding,
});

function explain(error: unknown, offset: number, nothing: boolean): Problem {
  const said = error instanceof Error ? error.message : String(error);
  if (nothing) return { reason: 'format_unknown', sentence: 'This is not an MCAP file, or its beginning is damaged.' };
  if (/crc/i.test(said))
    return {
      reason: 'chunk_crc_mismatch',
      sentence: `A chunk within the first ${offset} bytes does not have the checksum it was written with: what came before is shown.`,
    };
  if (/unsupported compression/i.test(said))
    return {
      reason: 'compression_unsupported',
      sentence: `A chunk is compressed in a way that is not known here (${said.slice(0, 120)}).`,
    };
  return {
    reason: 'file_damaged',
    sentence: `The file is damaged within its first ${offset} bytes: what came before is shown.`,
  };
}
