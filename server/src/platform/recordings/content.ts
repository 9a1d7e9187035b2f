/** Nanoseconds since 1970 at which the year 2100 ends: later times come from broken clocks. */
const LATEST = 4_133_980_800_000_000_000n;

export type RecordingFormat = 'mcap' | 'bag';

export interface TopicContent {
  readonly topic: string;
  readonly schemaName: string;
  readonly schemaEncoding: string;
  readonly messageEncoding: string;
  readonly messageCount: bigint;
  /** First and last message, nanoseconds since 1970; null when only the whole file would tell. */
  readonly startTime: bigint | null;
  readonly endTime: bigint | null;
}

export interface Problem {
  readonly reason:
    | 'format_unknown'
    | 'file_truncated'
    | 'chunk_crc_mismatch'
    | 'compression_unsupported'
    | 'file_damaged';
  /** One sentence of what is wrong. */
  readonly sentence: string;
}

/** What a recording holds. Times are log times in nanoseconds since 1970. */
export interface RecordingContent {
  readonly state: 'ready' | 'partial' | 'failed';
  readonly format: RecordingFormat;
  readonly profile: string;
  readonly library: string;
  readonly indexed: boolean;
  readonly startTime: bigint | null;
  readonly endTime: bigint | null;
  readonly messageCount: bigint;
  /** Messages whose time is before 1970 or after 2100; they do not count for the time range. */
  readonly outlierCount: bigint;
  readonly chunkCount: number;
  readonly compressions: readonly string[];
  readonly attachmentCount: number;
  readonly metadataCount: number;
  readonly topics: readonly TopicContent[];
  readonly problem: Problem | null;
}

interface Channel {
  readonly topic: string;
  readonly schemaName: string;
  readonly schemaEncoding: string;
  readonly messageEncoding: string;
}

interface Tally extends Channel {
  count: bigint;
  start: bigint | null;
  end: bigint | null;
}

/** Adds up what a reader finds; several channels with one topic and type are one row. */
export class ContentBuilder {
  profile = '';
  library = '';
  indexed = false;
  chunkCount = 0;
  attachmentCount = 0;
  metadataCount = 0;
  outlierCount = 0n;
  startTime: bigint | null = null;
  endTime: bigint | null = null;
  problem: Problem | null = null;
  readonly compressions = new Set<string>();
  readonly #format: RecordingFormat;
  readonly #channels = new Map<number, Tally>();

  constructor(format: RecordingFormat) {
    this.#format = format;
  }

  channel(id: number, channel: Channel): void {
    if (!this.#channels.has(id)) this.#channels.set(id, { ...channel, count: 0n, start: null, end: null });
  }

  /** Messages known from an index, without their times. */
  count(id: number, messages: bigint): void {
    const tally = this.#channels.get(id);
    if (tally) tally.count += messages;
  }

  message(id: number, time: bigint): void {
    if (time < 0n || time > LATEST) {
      this.outlierCount += 1n;
      return;
    }
    const tally = this.#channels.get(id);
    if (!tally) return;
    tally.count += 1n;
    if (tally.start === null || time < tally.start) tally.start = time;
    if (tally.end === null || time > tally.end) tally.end = time;
    this.range(time, time);
  }

  range(start: bigint, end: bigint): void {
    if (start < 0n || end > LATEST || end < start) return;
    if (this.startTime === null || start < this.startTime) this.startTime = start;
    if (this.endTime === null || end > this.endTime) this.endTime = end;
  }

  /** How many different channels were found: nothing at all means that nothing was readable. */
  get isEmpty(): boolean {
    return this.#channels.size === 0 && this.chunkCount === 0;
  }

  build(state: RecordingContent['state']): RecordingContent {
    const topics = this.#topics();
    return {
      state,
      format: this.#format,
      profile: this.profile,
      library: this.library,
      indexed: this.indexed,
      startTime: this.startTime,
      endTime: this.endTime,
      messageCount: topics.reduce((sum, topic) => sum + topic.messageCount, 0n),
      outlierCount: this.outlierCount,
      chunkCount: this.chunkCount,
      compressions: [...this.compressions].toSorted(),
      attachmentCount: this.attachmentCount,
      metadataCount: this.metadataCount,
      topics,
      problem: this.problem,
    };
  }

  #topics(): TopicContent[] {
    const rows = new Map<string, Tally>();
    for (const tally of this.#channels.values()) {
      const key = `${tally.topic}\0${tally.schemaName}`;
      const row = rows.get(key);
      if (!row) rows.set(key, { ...tally });
      else {
        row.count += tally.count;
        row.start = earliest(row.start, tally.start);
        row.end = latest(row.end, tally.end);
      }
    }
    return [...rows.values()]
      .toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.schemaName < b.schemaName ? -1 : 1))
      .map(({ topic, schemaName, schemaEncoding, messageEncoding, count, start, end }) => ({
        topic,
        schemaName,
        schemaEncoding,
        messageEncoding,
        messageCount: count,
        startTime: start,
        endTime: end,
      }));
  }
}

const earliest = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null || a < b ? a : b);
const latest = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null || a > b ? a : b);
