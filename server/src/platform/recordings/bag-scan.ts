import { field, OP, parseFields, readBagHeader, readBagRecord, readMagic, timeAt } from './bag-record.ts';
import type { BagRecord } from './bag-record.ts';
import { unpackChunk } from './bag-unpack.ts';
import { ContentBuilder } from './content.ts';
import { damaged, explain, truncated } from './problem.ts';
import type { Reading } from './source.ts';
import { chunkBytes, Window } from './window.ts';
import type { Bytes } from './window.ts';

const PIECE = 4 * 1024 * 1024;

/** Reads a bag without its index, record by record, as far as it goes: one still being written, or one cut off. */
export async function scanBag(reading: Reading): Promise<ContentBuilder> {
  const scan = new Scan(new Window(reading, PIECE));
  try {
    await scan.run();
  } catch (error) {
    reading.check();
    const problem = explain(error, scan.offset);
    // A bag that reaches beyond the place of its index is not cut off before it: a wrong length is damage there.
    const isCut = scan.indexPosition <= scan.offset || scan.indexPosition >= reading.size;
    scan.content.problem = problem.reason === 'file_truncated' && !isCut ? damaged(scan.offset).problem : problem;
  }
  return scan.content;
}

class Scan {
  readonly content = new ContentBuilder('bag');
  offset = 0;
  indexPosition = 0;
  readonly #file: Bytes;
  /** Where the plain chunk begins and ends whose records are being read. */
  #chunk = { start: 0, end: Infinity };

  constructor(file: Bytes) {
    this.#file = file;
  }

  async run(): Promise<void> {
    this.offset = await readMagic(this.#file);
    this.content.profile = 'ros1';
    const { end, indexPosition } = await readBagHeader(this.#file);
    this.indexPosition = indexPosition;
    if (end > this.#file.size) throw truncated(this.#file.size);
    this.offset = end;
    while (this.offset < this.#file.size) {
      if (this.offset >= this.#chunk.end) this.#chunk = { start: 0, end: Infinity };
      const record = await readBagRecord(this.#file, this.offset);
      const isPlainChunk = record.op === OP.chunk && compressionOf(record) === 'none';
      if (record.end > this.#chunk.end) throw damaged(this.#chunk.start);
      if (isPlainChunk) this.#enterChunk(record);
      else await this.#note(record);
    }
    if (this.#chunk.end !== Infinity && this.#chunk.end > this.#file.size) throw truncated(this.#file.size);
  }

  /** A chunk that is not compressed is never held: its records are the next ones, also where it is cut off. */
  #enterChunk(record: BagRecord): void {
    if (this.#chunk.end !== Infinity) throw damaged(this.offset);
    this.#chunk = { start: this.offset, end: record.end };
    this.content.chunkCount += 1;
    this.offset = record.dataOffset;
  }

  async #note(record: BagRecord): Promise<void> {
    if (record.end > this.#file.size) throw truncated(this.#file.size);
    if (record.op === OP.chunk) await this.#unpack(record);
    else await noteRecord(this.content, this.#file, record);
    this.offset = record.end;
  }

  async #unpack(record: BagRecord): Promise<void> {
    const compression = compressionOf(record);
    const size = field(record, 'size').readUInt32LE(0);
    this.content.chunkCount += 1;
    this.content.compressions.add(compression.slice(0, 40));
    const packed = await this.#file.at(record.dataOffset, record.dataLength);
    const chunk = chunkBytes(await unpackChunk(compression, packed, size, this.offset), this.offset);
    for (let offset = 0; offset < chunk.size;) {
      const inner = await readBagRecord(chunk, offset);
      if (inner.end > chunk.size) throw damaged(this.offset);
      await noteRecord(this.content, chunk, inner);
      offset = inner.end;
    }
  }
}

const compressionOf = (record: BagRecord): string => field(record, 'compression').toString('latin1');

async function noteRecord(content: ContentBuilder, bytes: Bytes, record: BagRecord): Promise<void> {
  if (record.op === OP.connection) {
    const id = field(record, 'conn').readUInt32LE(0);
    const topic = field(record, 'topic').toString('utf8');
    const about = parseFields(await bytes.at(record.dataOffset, record.dataLength));
    const schemaName = about.get('type')?.toString('utf8') ?? '';
    content.channel(id, { topic, schemaName, schemaEncoding: 'ros1msg', messageEncoding: 'ros1' });
  }
  if (record.op === OP.message) {
    const id = field(record, 'conn').readUInt32LE(0);
    if (!content.has(id)) throw new RangeError('a message of a connection that is not described before it');
    content.message(id, timeAt(field(record, 'time'), 0));
  }
}
