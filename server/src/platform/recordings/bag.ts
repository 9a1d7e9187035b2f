import { Bag } from '@foxglove/rosbag';
import type { ByteSource } from '../blobs/store.ts';
import { scanBag } from './bag-scan.ts';
import { ContentBuilder } from './content.ts';
import type { RecordingContent } from './content.ts';

/** Reads a ROS 1 bag 2.0: its index by a few ranges when it has one, else its records one after the other. */
export async function readBag(source: ByteSource): Promise<RecordingContent> {
  return (await readIndex(source)) ?? scanBag(source);
}

export const nanoseconds = (time: { sec: number; nsec: number }): bigint =>
  BigInt(time.sec) * 1_000_000_000n + BigInt(time.nsec);

/** Null when there is no index to trust. */
async function readIndex(source: ByteSource): Promise<RecordingContent | null> {
  const bounded = {
    size: () => source.size,
    read: (offset: number, length: number) => {
      if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > source.size)
        throw new RangeError('a length outside the file');
      return source.read(offset, length);
    },
  };
  try {
    const bag = new Bag(bounded, { parse: false });
    await bag.open();
    const { header } = bag;
    if (!header || header.indexPosition === 0 || header.chunkCount !== bag.chunkInfos.length) return null;
    const content = new ContentBuilder('bag');
    content.indexed = true;
    content.profile = 'ros1';
    content.chunkCount = bag.chunkInfos.length;
    for (const [id, connection] of bag.connections)
      content.channel(id, {
        topic: connection.topic,
        schemaName: connection.type ?? '',
        schemaEncoding: 'ros1msg',
        messageEncoding: 'ros1',
      });
    for (const chunk of bag.chunkInfos) {
      for (const { conn, count } of chunk.connections) content.count(conn, BigInt(count));
      if (chunk.count > 0) content.range(nanoseconds(chunk.startTime), nanoseconds(chunk.endTime));
    }
    const compression = await firstCompression(source, bag.chunkInfos[0]?.chunkPosition);
    if (compression) content.compressions.add(compression);
    return content.build('ready');
  } catch {
    return null;
  }
}

/** The compression of a chunk stands in its header only. */
async function firstCompression(source: ByteSource, position: number | undefined): Promise<string> {
  if (position === undefined) return '';
  const head = Buffer.from(await source.read(position, 512)).toString('latin1');
  const found = /compression=(?<name>[a-z0-9]+)/.exec(head)?.groups?.['name'] ?? '';
  return found === 'none' ? '' : found.replace(/[^a-z0-9]/g, '').replace(/^(bz2|lz4).*/, '$1');
}
