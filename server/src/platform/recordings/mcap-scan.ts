import { MCAP_MAGIC, McapStreamReader } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { loadDecompressHandlers } from '@mcap/support';
import { ContentBuilder } from './content.ts';
import {
  Broken,
  damaged,
  explain,
  LONGEST,
  tooLarge,
  truncated,
  unknownCompression,
  unknownFormat,
  wrongChecksum,
} from './problem.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './source.ts';
import { Window } from './window.ts';

/** Opcodes of the records that are looked into or end something. (MCAP specification, "Records") */
const HEADER = 0x01;
const FOOTER = 0x02;
const SCHEMA = 0x03;
const CHANNEL = 0x04;
const MESSAGE = 0x05;
const CHUNK = 0x06;
const ATTACHMENT = 0x09;
const METADATA = 0x0c;
const DATA_END = 0x0f;

/** Opcode and length stand before each record. */
const PREFIX = 9;
/** Prefix, two offsets and a checksum. */
const FOOTER_SIZE = PREFIX + 20;
const END_SIZE = FOOTER_SIZE + MCAP_MAGIC.length;
/** Opcode and length, times, size, checksum, empty compression, length of the records: what an unpacked chunk begins with. */
const PLAIN_CHUNK_PREFIX = PREFIX + 8 + 8 + 8 + 4 + 4 + 8;
const PIECE = 4 * 1024 * 1024;

/** Reads all records of an MCAP one after the other, as far as they go. */
export async function scanMcap(reading: Reading): Promise<{ content: ContentBuilder; hasSummary: boolean }> {
  const scan = new Scan(reading, await loadDecompressHandlers());
  try {
    await scan.run();
  } catch (error) {
    reading.check();
    scan.content.problem = await scan.explain(error);
  }
  return { content: scan.content, hasSummary: scan.hasSummary };
}

class Scan {
  readonly content = new ContentBuilder('mcap');
  offset = 0;
  hasSummary = false;
  readonly #window: Window;
  readonly #handlers: McapTypes.DecompressHandlers;
  readonly #parser: McapStreamReader;
  readonly #schemas = new Map<number, { readonly name: string; readonly encoding: string }>();
  #dataEnded = false;
  /** Where a chunk stands that reaches beyond the end of the file. */
  #brokenChunk: number | null = null;

  constructor(reading: Reading, handlers: McapTypes.DecompressHandlers) {
    this.#window = new Window(reading, PIECE);
    this.#handlers = handlers;
    this.#parser = new McapStreamReader({ decompressHandlers: handlers, includeChunks: true, noMagicPrefix: true });
  }

  async run(): Promise<void> {
    if (!(await this.#isMagic(0))) throw unknownFormat(this.#window.size, 'an MCAP file');
    this.offset = MCAP_MAGIC.length;
    for (;;) {
      const prefix = await this.#window.at(this.offset, PREFIX);
      const op = prefix.readUInt8(0);
      const length = Number(prefix.readBigUInt64LE(1));
      if (op === 0) throw damaged(this.offset);
      if (op === DATA_END || op === FOOTER) {
        if (this.#brokenChunk !== null) throw damaged(this.#brokenChunk);
        if (await this.#isComplete()) return;
        if (op === FOOTER)
          throw this.#window.size < this.offset + END_SIZE ? truncated(this.#window.size) : damaged(this.offset);
        this.#dataEnded = true;
      }
      await this.#step(op, PREFIX + length);
    }
  }

  async #step(op: number, length: number): Promise<void> {
    const isCut = this.offset + length > this.#window.size;
    if (op === CHUNK && !this.#dataEnded && (isCut || length > LONGEST)) return await this.#enterChunk(isCut, length);
    if (isCut) throw truncated(this.#window.size);
    // What follows the data says again what is in it.
    if (!this.#dataEnded) await this.#note(op, length);
    this.offset += length;
  }

  async #note(op: number, length: number): Promise<void> {
    switch (op) {
      case HEADER:
      case SCHEMA:
      case CHANNEL:
      case MESSAGE:
      case CHUNK:
        this.#parse(await this.#window.at(this.offset, length));
        break;
      case ATTACHMENT:
        this.content.attachmentCount += 1;
        break;
      case METADATA:
        this.content.metadataCount += 1;
        break;
      default:
    }
  }

  /** The records of a chunk that is not compressed are read one by one where it cannot be held, or is not all there. */
  async #enterChunk(isCut: boolean, length: number): Promise<void> {
    const compressionLength = (await this.#window.at(this.offset + PREFIX + 28, 4)).readUInt32LE(0);
    if (compressionLength !== 0) throw isCut ? truncated(this.#window.size) : tooLarge(this.offset, length);
    if (isCut) this.#brokenChunk ??= this.offset;
    this.content.chunkCount += 1;
    this.offset += PLAIN_CHUNK_PREFIX;
  }

  #parse(record: Buffer): void {
    try {
      this.#parser.append(record);
      for (let found = this.#parser.nextRecord(); found; found = this.#parser.nextRecord()) this.#count(found);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Incorrect chunk CRC')) throw wrongChecksum(this.offset);
      throw error;
    }
  }

  #count(record: McapTypes.TypedMcapRecord): void {
    switch (record.type) {
      case 'Header':
        this.content.profile = record.profile;
        this.content.library = record.library;
        break;
      case 'Schema':
        this.#schemas.set(record.id, { name: record.name, encoding: record.encoding });
        break;
      case 'Channel': {
        const schema = this.#schemas.get(record.schemaId);
        const { topic, messageEncoding } = record;
        const described = {
          topic,
          messageEncoding,
          schemaName: schema?.name ?? '',
          schemaEncoding: schema?.encoding ?? '',
        };
        this.content.channel(record.id, described);
        break;
      }
      case 'Message':
        this.content.message(record.channelId, record.logTime);
        break;
      case 'Chunk':
        this.#countChunk(record);
        break;
      default:
    }
  }

  /** The parser shows a chunk before it unpacks it: what must not be unpacked is refused here. */
  #countChunk({ compression, uncompressedSize }: McapTypes.TypedMcapRecords['Chunk']): void {
    this.content.chunkCount += 1;
    if (compression) this.content.compressions.add(compression.slice(0, 40));
    if (compression && !Object.hasOwn(this.#handlers, compression)) throw unknownCompression(this.offset, compression);
    if (uncompressedSize > BigInt(LONGEST)) throw tooLarge(this.offset, uncompressedSize);
  }

  /** The records behind the data repeat and index it: where the footer stands at the end of the file, that is all. */
  async #isComplete(): Promise<boolean> {
    const start = this.#window.size - END_SIZE;
    if (start < this.offset || !(await this.#isMagic(start + FOOTER_SIZE))) return false;
    const footer = await this.#window.at(start, FOOTER_SIZE);
    if (footer.readUInt8(0) !== FOOTER || Number(footer.readBigUInt64LE(1)) !== FOOTER_SIZE - PREFIX) return false;
    this.hasSummary = footer.readBigUInt64LE(PREFIX) !== 0n;
    return true;
  }

  /** A file that has its end is not cut off: there a length that reaches beyond it is damage. */
  async explain(error: unknown): Promise<Problem> {
    const problem = explain(error, this.offset);
    if (problem.reason !== 'file_truncated' || !(await this.#hasEnd())) return problem;
    return damaged(this.#brokenChunk ?? this.offset).problem;
  }

  async #hasEnd(): Promise<boolean> {
    const end = this.#window.size - MCAP_MAGIC.length;
    if (end < Math.max(this.offset, MCAP_MAGIC.length)) return false;
    try {
      return await this.#isMagic(end);
    } catch (error) {
      // A source that is shorter than it said has no end.
      if (error instanceof Broken) return false;
      throw error;
    }
  }

  async #isMagic(offset: number): Promise<boolean> {
    if (offset < 0 || this.#window.size < offset + MCAP_MAGIC.length) return false;
    return (await this.#window.at(offset, MCAP_MAGIC.length)).equals(Buffer.from(MCAP_MAGIC));
  }
}
