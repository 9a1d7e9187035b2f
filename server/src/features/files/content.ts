import type { RecordingContent } from '../../platform/recordings/index.ts';

/** What the column `recordings.content` holds; 64-bit numbers are text in it. */
export interface StoredContent {
  readonly profile: string;
  readonly library: string;
  readonly indexed: boolean;
  readonly outlierCount: bigint;
  readonly chunkCount: number;
  readonly compressions: string[];
  readonly attachmentCount: number;
  readonly metadataCount: number;
  readonly topics: StoredTopic[];
}

export interface StoredTopic {
  readonly topic: string;
  readonly schemaName: string;
  readonly schemaEncoding: string;
  readonly messageEncoding: string;
  readonly messageCount: bigint;
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
}

/** A text that PostgreSQL can keep: without NUL and lone surrogates, which broken files may hold. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

export function writeContent(found: RecordingContent): string {
  return storableJson({
    profile: found.profile,
    library: found.library,
    indexed: found.indexed,
    outlierCount: found.outlierCount.toString(),
    chunkCount: found.chunkCount,
    compressions: found.compressions,
    attachmentCount: found.attachmentCount,
    metadataCount: found.metadataCount,
    topics: found.topics.map((topic) => ({
      topic: topic.topic,
      schemaName: topic.schemaName,
      schemaEncoding: topic.schemaEncoding,
      messageEncoding: topic.messageEncoding,
      messageCount: topic.messageCount.toString(),
      startNs: topic.startTime?.toString() ?? null,
      endNs: topic.endTime?.toString() ?? null,
    })),
  });
}

const storableJson = (value: object): string =>
  JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'string' ? storable(entry) : entry));

const text = (from: object, key: string): string => String(Reflect.get(from, key) ?? '');
const count = (from: object, key: string): number => Number(Reflect.get(from, key) ?? 0);
const whole = (from: object, key: string): bigint => BigInt(text(from, key) || 0);
const wholeOrNull = (from: object, key: string): bigint | null =>
  text(from, key) === '' ? null : BigInt(text(from, key));
const list = (from: object, key: string): unknown[] => {
  const value: unknown = Reflect.get(from, key);
  return Array.isArray(value) ? value : [];
};

/** Reads the column; of a recording that was not read yet it is empty. */
export function readContent(json: unknown): StoredContent {
  const from = typeof json === 'object' && json !== null ? json : {};
  return {
    profile: text(from, 'profile'),
    library: text(from, 'library'),
    indexed: Reflect.get(from, 'indexed') === true,
    outlierCount: whole(from, 'outlierCount'),
    chunkCount: count(from, 'chunkCount'),
    compressions: list(from, 'compressions').map(String),
    attachmentCount: count(from, 'attachmentCount'),
    metadataCount: count(from, 'metadataCount'),
    topics: list(from, 'topics').flatMap((topic) =>
      typeof topic === 'object' && topic !== null ? [readTopic(topic)] : [],
    ),
  };
}

const readTopic = (topic: object): StoredTopic => ({
  topic: text(topic, 'topic'),
  schemaName: text(topic, 'schemaName'),
  schemaEncoding: text(topic, 'schemaEncoding'),
  messageEncoding: text(topic, 'messageEncoding'),
  messageCount: whole(topic, 'messageCount'),
  startNs: wholeOrNull(topic, 'startNs'),
  endNs: wholeOrNull(topic, 'endNs'),
});
