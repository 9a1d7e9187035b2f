import { createWriteStream } from 'node:fs';
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { File } from '@muster/api/file';
import { Problem } from '../problem.ts';
import { hashFile } from './hash.ts';
import { inParallel } from './pool.ts';
import type { TransferResult } from './pool.ts';
import type { Progress } from './progress.ts';

const AT_ONCE = 4;

interface Source {
  readonly url: string;
  readonly token: string;
}

/** Downloads files into a folder and compares their hashes. One that fails does not stop the others. */
export async function downloadAll(
  source: Source,
  folder: string,
  files: readonly File[],
  progress: Progress,
): Promise<TransferResult[]> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  return inParallel(files, AT_ONCE, async (file) => {
    const result = { path: file.path, bytes: Number(file.byteSize), sha256: file.sha256, problem: '' };
    try {
      const target = await safeTarget(root, file.path);
      if ((await sizeOf(target)) === result.bytes && (await hashFile(target)) === file.sha256) {
        progress.add(result.bytes);
        return { ...result, state: 'unchanged' };
      }
      await fetchInto(source, file, target, progress);
      return { ...result, state: 'done' };
    } catch (error) {
      return { ...result, state: 'failed', problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** Where a path of a record lies below the folder. Refuses one that would leave it, by its name or by a link in it. */
export async function safeTarget(root: string, path: string): Promise<string> {
  const target = resolve(root, ...path.split('/'));
  const leaves = new Problem(`The path ${path} would leave the folder.`, { reason: 'path_invalid' });
  if (!target.startsWith(root + sep) || path.split('/').includes('..')) throw leaves;
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const real = await realpath(parent);
  if (real !== parent && !`${real}${sep}`.startsWith(root + sep)) throw leaves;
  return join(real, path.split('/').at(-1) ?? '');
}

async function fetchInto(source: Source, file: File, target: string, progress: Progress): Promise<void> {
  const part = `${target}.part`;
  let have = (await sizeOf(part)) ?? 0;
  if (have > Number(file.byteSize)) have = 0;
  progress.add(have);
  const answer = await fetch(`${source.url}${file.downloadPath}`, {
    headers: {
      authorization: `Bearer ${source.token}`,
      ...(have > 0 ? { range: `bytes=${have}-`, 'if-range': `"${file.sha256}"` } : {}),
    },
  });
  const complete = answer.status === 416 && have === Number(file.byteSize);
  if (!answer.ok && !complete) throw new Problem(await refusalOf(answer));
  if (!complete && answer.body) {
    const goesOn = answer.status === 206;
    if (!goesOn) progress.add(-have);
    const count = async function* (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
      for await (const piece of bytes) {
        progress.add(piece.length);
        yield piece;
      }
    };
    await pipeline(Readable.fromWeb(answer.body), count, createWriteStream(part, { flags: goesOn ? 'a' : 'w' }));
  }
  if ((await hashFile(part)) !== file.sha256) {
    await rm(part, { force: true });
    throw new Problem('The bytes that arrived do not have the SHA-256 of the file; run the command again.', {
      reason: 'checksum_mismatch',
    });
  }
  await rename(part, target);
}

async function refusalOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const message = typeof body === 'object' && body !== null ? String(Reflect.get(body, 'message') ?? '') : '';
  return message || `The server answered ${answer.status}.`;
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}
