import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../test/tus.ts';
import { newId } from '../ids.ts';
import { DiskBlobs } from './disk.ts';
import { BytesLost } from './store.ts';

let root: string;
let blobs: DiskBlobs;
const organization = newId();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-blobs-'));
  blobs = await DiskBlobs.open(root);
});
afterEach(() => rm(root, { recursive: true }));

async function* parts(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function* broken(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
  throw new Error('the connection broke');
}

const hash = (text: string): Buffer => Buffer.from(sha256(text), 'hex');
const place = (text: string): string => join(root, organization, sha256(text).slice(0, 2), sha256(text));

async function read(text: string, start = 0, end = text.length - 1): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of blobs.open(organization, hash(text), start, end)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

describe('the blob store on disk', () => {
  it('shows a content only once it is kept, whole, under its hash', async () => {
    const id = newId();
    expect(await blobs.append(id, 0, parts('hello ', 'world'), 11)).toEqual({ received: 11, broken: null });
    const digest = await blobs.digest(id, 11);
    expect(digest).toEqual(hash('hello world'));
    expect(await blobs.has(organization, digest)).toBe(false);
    expect(await readdir(root)).toEqual(['uploads']);

    await blobs.keep(id, organization, digest);
    await blobs.discard(id);
    expect(await readFile(place('hello world'), 'utf8')).toBe('hello world');
    expect(await readdir(join(root, 'uploads'))).toEqual([]);
    expect(await read('hello world')).toBe('hello world');
    expect(await read('hello world', 4, 6)).toBe('o w');
  });

  it('keeps what arrived before a connection broke, and goes on there', async () => {
    const id = newId();
    const first = await blobs.append(id, 0, broken('hello '), 11);
    expect(first).toMatchObject({ received: 6, broken: { message: 'the connection broke' } });
    await blobs.append(id, 6, parts('world'), 11);
    expect(await blobs.digest(id, 11)).toEqual(hash('hello world'));
  });

  it('drops what was written behind the offset that was acknowledged', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('hello', ' wrong end'), 15);
    await blobs.append(id, 5, parts(' you'), 15);
    expect((await stat(join(root, 'uploads', id))).size).toBe(9);
    expect(await blobs.digest(id, 9)).toEqual(hash('hello you'));
  });

  it('computes the same hash after a restart as on the way', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('hello '), 11);
    const restarted = await DiskBlobs.open(root);
    await restarted.append(id, 6, parts('world'), 11);
    expect(await restarted.digest(id, 11)).toEqual(hash('hello world'));
    expect(await restarted.digest(newId(), 0)).toEqual(hash(''));
  });

  it('stores one content once, however often it is kept', async () => {
    const ids = [newId(), newId(), newId()];
    await Promise.all(
      ids.map(async (id) => {
        await blobs.append(id, 0, parts('same'), 4);
        await blobs.keep(id, organization, hash('same'));
        await blobs.discard(id);
      }),
    );
    expect(await readdir(join(root, organization, sha256('same').slice(0, 2)))).toEqual([sha256('same')]);
    expect((await stat(place('same'))).nlink).toBe(1);
  });

  it('takes no more bytes than were declared, and keeps none of the part that had them', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('12'), 7);
    await expect(blobs.append(id, 2, parts('345', '678'), 7)).rejects.toThrow(RangeError);
    expect((await stat(join(root, 'uploads', id))).size).toBe(2);
  });

  it('never fills a hole with zeros when acknowledged bytes are gone', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('hello '), 11);
    await truncate(join(root, 'uploads', id), 3);
    await expect(blobs.append(id, 6, parts('world'), 11)).rejects.toThrow(BytesLost);
    await blobs.discard(id);
    await expect(blobs.append(id, 6, parts('world'), 11)).rejects.toThrow(BytesLost);
  });

  it('erases and discards what is there, and minds nothing that is not', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('gone'), 4);
    await blobs.keep(id, organization, hash('gone'));
    await blobs.erase(organization, hash('gone'));
    await blobs.erase(organization, hash('gone'));
    await blobs.discard(id);
    await blobs.discard(id);
    expect(await blobs.has(organization, hash('gone'))).toBe(false);
  });

  it('lists its contents and uploads, and nothing that others put into its folder', async () => {
    const [kept, underWay] = [newId(), newId()];
    await blobs.append(kept, 0, parts('kept'), 4);
    await blobs.keep(kept, organization, hash('kept'));
    await blobs.discard(kept);
    await blobs.append(underWay, 0, parts('half'), 8);
    await mkdir(join(root, 'lost+found'), { mode: 0o700 });
    await writeFile(join(root, 'uploads', 'notes.txt'), 'of the operator');
    await writeFile(join(root, organization, 'README'), 'of the operator');
    const contents = await Array.fromAsync(blobs.list());
    expect(contents.map((row) => [row.organizationId, row.sha256])).toEqual([[organization, hash('kept')]]);
    const uploads = await Array.fromAsync(blobs.listUploads());
    expect(uploads.map((row) => row.uploadId)).toEqual([underWay]);
  });

  it('reads parts of a content at random, and nothing behind its end', async () => {
    const id = newId();
    await blobs.append(id, 0, parts('0123456789'), 10);
    await blobs.keep(id, organization, hash('0123456789'));
    await using source = await blobs.source(organization, hash('0123456789'));
    expect(source.size).toBe(10);
    expect(Buffer.from(await source.read(3, 4)).toString()).toBe('3456');
    expect(Buffer.from(await source.read(8, 100)).toString()).toBe('89');
    expect(await source.read(10, 5)).toHaveLength(0);
  });
});
