import Bzip2 from '@foxglove/wasm-bz2';
import LZ4 from '@foxglove/wasm-lz4';
import type { ByteSource } from '../blobs/store.ts';
import { ContentBuilder } from './content.ts';
import type { Problem, RecordingContent } from './content.ts';

const MAGIC = '#ROSBAG V2.0\n';
/** Records that hold what is counted; the others are index, and are stepped over. (ROS wiki, Bags/Format/2.0) */
const MESSAGE = 0x02;
const BAG_HEADER = 0x03;
const CHUNK = 0x05;
const CONNECTION = 0x07;
const LONGEST_HEADER = 1024 * 1024;
const LONGEST_DATA = 512 * 1024 * 1024;

interface Record {
  readonly op: number;
  readonly fields: ReadonlyMap<string, Buffer>;
  readonly dataOffset: number;
  readonly dataLength: number;
}

class Truncated extends Error {}
class Damaged extends Error {}

/** Reads a bag without its index, record by record, as far as it goes: one still being written, or one cut off. */
export async function scanBag(source: ByteSource): Promise<RecordingContent> {
  const content = new ContentBuilder('bag');
  content.profile = 'ros1';
  const magic = Buffer.from(await source.read(0, MAGIC.length)).toString('latin1');
  if (magic !== MAGIC) {
    content.problem = {
      reason: 'format_unknown',
      sentence:
        source.size === 0
          ? 'The file is empty.'
          : 'This is not a ROS 1 bag of version 2.0, or its beginning is damaged.',
    };
    return content.build('failed');
  }
  let offset = MAGIC.length;
  try {
    while (offset < source.size) {
      const record = await readRecord(source, offset);
      await note(content, source, record);
      offset = record.dataOffset + record.dataLength;
    }
  } catch (error) {
    content.problem = explain(error, offset, source.size);
  }
  return content.build(content.problem ? 'partial' : 'ready');
}

async function readRecord(source: ByteSource, offset: number): Promise<Record> {
  const headerLength = await readLength(source, offset, LONGEST_HEADER);
  const fields = parseFields(await readExactly(source, offset + 4, headerLength));
  const dataLength = await readLength(source, offset + 4 + headerLength, LONGEST_DATA);
  return { op: fields.get('op')?.[0] ?? -1, fields, dataOffset: offset + 8 + headerLength, dataLength };
}

async function note(content: ContentBuilder, source: ByteSource, record: Record): Promise<void> {
  switch (record.op) {
    case CHUNK: {
      const stored = await readExactly(source, record.dataOffset, record.dataLength);
      content.chunkCount += 1;
      await noteChunk(content, stored, record.fields);
      break;
    }
    case CONNECTION:
      noteConnection(content, record.fields, await readExactly(source, record.dataOffset, record.dataLength));
      break;
    case MESSAGE:
      await requireData(source, record);
      noteMessage(content, record.fields);
      break;
    case BAG_HEADER:
    default:
      await requireData(source, record);
  }
}

async function requireData(source: ByteSource, record: Record): Promise<void> {
  if (record.dataOffset + record.dataLength > source.size) throw new Truncated();
}

async function noteChunk(content: ContentBuilder, stored: Buffer, fields: ReadonlyMap<string, Buffer>): Promise<void> {
  const compression = fields.get('compression')?.toString('latin1') ?? 'none';
  const size = fields.get('size')?.readUInt32LE(0) ?? 0;
  if (size > LONGEST_DATA) throw new Damaged();
  if (compression !== 'none') content.compressions.add(compression);
  const data = await decompress(compression, stored, size);
  for (let offset = 0; offset < data.length;) {
    const headerLength = lengthAt(data, offset);
    const inner = parseFields(slice(data, offset + 4, headerLength));
    const dataLength = lengthAt(data, offset + 4 + headerLength);
    const body = slice(data, offset + 8 + headerLength, dataLength);
    if (inner.get('op')?.[0] === CONNECTION) noteConnection(content, inner, body);
    if (inner.get('op')?.[0] === MESSAGE) noteMessage(content, inner);
    offset += 8 + headerLength + dataLength;
  }
}

async function decompress(compression: string, stored: Buffer, size: number): Promise<Buffer> {
  if (compression === 'none') return stored;
  try {
    if (compression === 'lz4') {
      await LZ4.isLoaded;
      return Buffer.from(LZ4(stored, size));
    }
    if (compression === 'bz2') return Buffer.from((await Bzip2.init()).decompress(stored, size, { small: false }));
  } catch {
    throw new Damaged();
  }
  throw new Damaged(compression);
}

function noteConnection(content: ContentBuilder, fields: ReadonlyMap<string, Buffer>, data: Buffer): void {
  const id = fields.get('conn')?.readUInt32LE(0);
  if (id === undefined) throw new Damaged();
  const about = parseFields(data);
  content.channel(id, {
    topic: fields.get('topic')?.toString('utf8') ?? '',
    schemaName: about.get('type')?.toString('utf8') ?? '',
    schemaEncoding: 'ros1msg',
    messageEncoding: 'ros1',
  });
}

function noteMessage(content: ContentBuilder, fields: ReadonlyMap<string, Buffer>): void {
  const id = fields.get('conn')?.readUInt32LE(0);
  const time = fields.get('time');
  if (id === undefined || !time || time.length < 8) throw new Damaged();
  content.message(id, BigInt(time.readUInt32LE(0)) * 1_000_000_000n + BigInt(time.readUInt32LE(4)));
}

/** Fields of a header: length, then `name=value`, one after the other. */
function parseFields(header: Buffer): Map<string, Buffer> {
  const fields = new Map<string, Buffer>();
  for (let offset = 0; offset < header.length;) {
    const field = slice(header, offset + 4, lengthAt(header, offset));
    const cut = field.indexOf('=');
    if (cut < 1) throw new Damaged();
    fields.set(field.subarray(0, cut).toString('latin1'), field.subarray(cut + 1));
    offset += 4 + field.length;
  }
  return fields;
}

function lengthAt(data: Buffer, offset: number): number {
  if (offset + 4 > data.length) throw new Damaged();
  return data.readUInt32LE(offset);
}

function slice(data: Buffer, offset: number, length: number): Buffer {
  if (offset + length > data.length) throw new Damaged();
  return data.subarray(offset, offset + length);
}

async function readLength(source: ByteSource, offset: number, longest: number): Promise<number> {
  const length = (await readExactly(source, offset, 4)).readUInt32LE(0);
  if (offset + 4 + length > source.size) throw new Truncated();
  if (length > longest) throw new Damaged();
  return length;
}

async function readExactly(source: ByteSource, offset: number, length: number): Promise<Buffer> {
  if (offset + length > source.size) throw new Truncated();
  return Buffer.from(await source.read(offset, length));
}

function explain(error: unknown, offset: number, size: number): Problem {
  if (error instanceof Truncated)
    return {
      reason: 'file_truncated',
      sentence: `The file ends in the middle of a record that begins at byte ${offset} of ${size}: what came before is shown.`,
    };
  if (error instanceof Damaged && error.message)
    return {
      reason: 'compression_unsupported',
      sentence: `A chunk is compressed with "${error.message.slice(0, 40)}", which is not known here.`,
    };
  return {
    reason: 'file_damaged',
    sentence: `The file is damaged at byte ${offset} of ${size}: what came before is shown.`,
  };
}
