import { damaged, truncated, unknownFormat } from './problem.ts';
import type { Bytes } from './window.ts';

/** Values of the field `op`. (ROS wiki, Bags/Format/2.0) */
export const OP = {
  message: 0x02,
  bagHeader: 0x03,
  indexData: 0x04,
  chunk: 0x05,
  chunkInfo: 0x06,
  connection: 0x07,
} as const;

const MAGIC = '#ROSBAG V2.0\n';
const LONGEST_HEADER = 1024 * 1024;

/** A record: fields in its header, and where its data is, which may reach beyond the end of what there is. */
export interface BagRecord {
  readonly op: number;
  readonly fields: ReadonlyMap<string, Buffer>;
  readonly dataOffset: number;
  readonly dataLength: number;
  readonly end: number;
}

/** Reads the header of the record at `offset`. The fields are valid until the next bytes are asked for. */
export async function readBagRecord(bytes: Bytes, offset: number): Promise<BagRecord> {
  const headerLength = (await bytes.at(offset, 4)).readUInt32LE(0);
  if (offset + 8 + headerLength > bytes.size) throw truncated(bytes.size);
  if (headerLength > LONGEST_HEADER) throw damaged(offset);
  const head = await bytes.at(offset + 4, headerLength + 4);
  const fields = parseFields(head.subarray(0, headerLength));
  const op = fields.get('op');
  if (op?.length !== 1) throw damaged(offset);
  const dataOffset = offset + 8 + headerLength;
  const dataLength = head.readUInt32LE(headerLength);
  return { op: op.readUInt8(0), fields, dataOffset, dataLength, end: dataOffset + dataLength };
}

/** Fields stand one after the other: their length, then `name=value`. */
export function parseFields(header: Buffer): Map<string, Buffer> {
  const fields = new Map<string, Buffer>();
  for (let offset = 0; offset < header.length;) {
    const end = offset + 4 + header.readUInt32LE(offset);
    const cut = header.indexOf('=', offset + 4);
    if (end > header.length || cut < 0 || cut >= end) throw new RangeError('a field reaches beyond its header');
    fields.set(header.toString('latin1', offset + 4, cut), header.subarray(cut + 1, end));
    offset = end;
  }
  return fields;
}

export function field(record: BagRecord, name: string): Buffer {
  const value = record.fields.get(name);
  if (!value) throw new RangeError(`no field ${name}`);
  return value;
}

/** A ROS time, seconds and nanoseconds of 32 bits each, as nanoseconds since 1970. */
export const timeAt = (bytes: Buffer, offset: number): bigint =>
  BigInt(bytes.readUInt32LE(offset)) * 1_000_000_000n + BigInt(bytes.readUInt32LE(offset + 4));

export interface BagHeader {
  /** Where the index begins; 0 as long as the bag is being written. */
  readonly indexPosition: number;
  readonly connectionCount: number;
  readonly chunkCount: number;
  /** Where the records after the header begin. */
  readonly end: number;
}

/** Refuses what is no bag. */
export async function readMagic(bytes: Bytes): Promise<number> {
  const isBag = bytes.size >= MAGIC.length && (await bytes.at(0, MAGIC.length)).toString('latin1') === MAGIC;
  if (!isBag) throw unknownFormat(bytes.size, 'a ROS 1 bag 2.0');
  return MAGIC.length;
}

export async function readBagHeader(bytes: Bytes): Promise<BagHeader> {
  const record = await readBagRecord(bytes, await readMagic(bytes));
  if (record.op !== OP.bagHeader) throw damaged(MAGIC.length);
  return {
    indexPosition: Number(field(record, 'index_pos').readBigUInt64LE(0)),
    connectionCount: field(record, 'conn_count').readUInt32LE(0),
    chunkCount: field(record, 'chunk_count').readUInt32LE(0),
    end: record.end,
  };
}
