import * as tus from 'tus-js-client';
import type { LocalFile } from './find-files.ts';
import { hashFile } from './hash.ts';
import { partsOf } from './parts.ts';
import { inParallel } from './pool.ts';
import type { TransferResult } from './pool.ts';
import type { Progress } from './progress.ts';
import { rememberUpload, rememberedUpload } from './resume-store.ts';

const PIECE = 16 * 1024 * 1024;
const AT_ONCE = 4;
/** Network loss and a restarting server are waited out, about five minutes in all. */
const RETRIES = [1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000, 60_000];

export interface UploadTarget {
  readonly url: string;
  readonly token: string;
  /** Resource name of the record. */
  readonly record: string;
  /** SHA-256 of the files that the record has already, by path. */
  readonly there: ReadonlyMap<string, string>;
}

/** Uploads files, four at once. One that fails does not stop the others. */
export const uploadAll = (
  target: UploadTarget,
  files: readonly LocalFile[],
  progress: Progress,
): Promise<TransferResult[]> =>
  inParallel(files, AT_ONCE, async (file) => {
    const result = { path: file.path, bytes: file.size, sha256: '', problem: '' };
    try {
      const sha256 = await hashFile(file.source);
      if (target.there.get(file.path) === sha256) {
        progress.add(file.size);
        return { ...result, sha256, state: 'unchanged' };
      }
      await uploadOne(target, file, sha256, progress);
      return { ...result, sha256, state: 'done' };
    } catch (error) {
      return { ...result, state: 'failed', problem: sentenceOf(error) };
    }
  });

async function uploadOne(target: UploadTarget, file: LocalFile, sha256: string, progress: Progress): Promise<void> {
  const key = [target.url, target.record, file.path, file.size, file.modified, sha256].join('|');
  try {
    await send(target, file, sha256, progress, key, rememberedUpload(key));
  } catch (error) {
    const status = error instanceof tus.DetailedError ? error.originalResponse?.getStatus() : undefined;
    // The upload of an earlier run has expired: begin a new one.
    if (!rememberedUpload(key) || (status !== 404 && status !== 410)) throw error;
    rememberUpload(key, null);
    await send(target, file, sha256, progress, key, null);
  }
}

function send(
  target: UploadTarget,
  file: LocalFile,
  sha256: string,
  progress: Progress,
  key: string,
  address: string | null,
): Promise<void> {
  let sent = 0;
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(Buffer.alloc(0), {
      ...(file.size === 0 ? {} : { fileReader: partsOf(file.source, PIECE) }),
      ...(address ? { uploadUrl: address } : {}),
      endpoint: `${target.url}/uploads/`,
      uploadSize: file.size,
      chunkSize: PIECE,
      retryDelays: RETRIES,
      headers: { authorization: `Bearer ${target.token}` },
      metadata: { record: target.record, path: file.path, sha256, modified: String(file.modified) },
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => rememberUpload(key, upload.url),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
      },
      onProgress: (bytes) => {
        progress.add(bytes - sent);
        sent = bytes;
      },
      onSuccess: () => {
        rememberUpload(key, null);
        resolve();
      },
      onError: reject,
    });
    upload.start();
  });
}

function sentenceOf(error: unknown): string {
  const body = error instanceof tus.DetailedError ? error.originalResponse?.getBody() : undefined;
  try {
    const answer: unknown = JSON.parse(body ?? '');
    if (typeof answer === 'object' && answer !== null)
      return `${String(Reflect.get(answer, 'message'))} [${String(Reflect.get(answer, 'reason'))}]`;
  } catch {
    // Not ours: a gateway, or no answer at all.
  }
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
