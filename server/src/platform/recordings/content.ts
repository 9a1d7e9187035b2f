import type { Problem } from './problem.ts';

/** Nanoseconds since 1970 at which the year 2100 ends: later times come from broken clocks. */
const LATEST = 4_133_980_800_000_000_000n;

/** Whether a log time can be true: zero and what is later than 2100 come from clocks that were not set. */
export const isPlausible = (time: bigint): boolean => time > 0n && time < LATEST;

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

/** What a recording holds. Times are log times in nanoseconds since 1970. */
export interface RecordingContent {
  /** `ready`: all of it was read. `partial`: what was readable, see `problem`. `failed`: it is no such recording. */
  readonly state: 'ready' | 'partial' | 'failed';
  readonly format: RecordingFormat;
  readonly profile: string;
  readonly library: string;
  /** Whether the content was read from an index; otherwise all records were read one after the other. */
  readonly indexed: boolean;
  readonly startTime: bigint | null;
  readonly endTime: bigint | null;
  /** All messages, outliers included. */
  readonly messageCount: bigint;
  /** Messages whose time is 0 or after 2100: they do not count for the time ranges. */
  readonly outlierCount: bigint;
  readonly chunkCount: number;
  readonly compressions: readonly string[];
  readonly attachmentCount: number;
  readonly metadataCount: number;
  /** By name; channels of one topic, type and encoding are one row. */
  readonly topics: readonly TopicContent[];
  /** How many bytes were read from the source to find this out. */
  readonly bytesRead: number;
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

/** Channels a recording can have in MCAP, whose ids have 16 bits; a bag that claims more is no honest one. */
const MOST_CHANNELS = 65_536;

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
    if (this.#channels.has(id)) return;
    if (this.#channels.size >= MOST_CHANNELS) throw new RangeError('more channels than a recording can have');
    this.#channels.set(id, { ...channel, count: 0n, start: null, end: null });
  }

  /** Messages known from an index, without their times. */
  count(id: number, messages: bigint): void {
    const tally = this.#channels.get(id);
    if (tally) tally.count += messages;
  }

  message(id: number, time: bigint): void {
    this.time(time);
    const tally = this.#channels.get(id);
    if (!tally) return;
    tally.count += 1n;
    if (!isPlausible(time)) return;
    if (tally.start === null || time < tally.start) tally.start = time;
    if (tally.end === null || time > tally.end) tally.end = time;
  }

  /** A message's time, when its channel is counted elsewhere. */
  time(time: bigint): void {
    if (isPlausible(time)) this.range(time, time);
    else this.outlierCount += 1n;
  }

  /** Widens the time range; both ends are plausible. */
  range(start: bigint, end: bigint): void {
    if (this.startTime === null || start < this.startTime) this.startTime = start;
    if (this.endTime === null || end > this.endTime) this.endTime = end;
  }

  has(id: number): boolean {
    return this.#channels.has(id);
  }

  build(bytesRead: number): RecordingContent {
    const topics = this.#topics();
    return {
      state: !this.problem ? 'ready' : this.problem.reason === 'format_unknown' ? 'failed' : 'partial',
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
      bytesRead,
      problem: this.problem,
    };
  }

  #topics(): TopicContent[] {
    const rows = new Map<string, Tally>();
    for (const tally of this.#channels.values()) {
      const key = JSON.stringify([tally.topic, tally.schemaName, tally.schemaEncoding, tally.messageEncoding]);
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
