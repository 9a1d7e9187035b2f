import i18next from 'i18next';
import * as tus from 'tus-js-client';
import { problemOf, problemOfBody } from '../../api/index.ts';
import type { Problem } from '../../ui/index.ts';
import { fingerprintOf } from './fingerprint.ts';

const PIECE = 16 * 1024 * 1024;
/** A lost connection is waited out: after 1 s, 2 s, 4 s … and then every minute, for half a day at least. */
const RETRIES = [1, 2, 4, 8, 16, 32, ...Array.from({ length: 720 }, () => 60)].map((seconds) => seconds * 1000);

interface UploadEvents {
  readonly onProgress: (sent: number) => void;
  /** The connection is lost; it is tried again without being asked. */
  readonly onStalled: () => void;
  readonly onDone: () => void;
  readonly onFailed: (problem: Problem) => void;
}

/** One file on its way into a record, by tus 1.0. */
export function tusUpload(record: string, path: string, file: File, events: UploadEvents): tus.Upload {
  let fingerprint: Promise<string> | null = null;
  return new tus.Upload(file, {
    endpoint: '/uploads/',
    chunkSize: PIECE,
    retryDelays: RETRIES,
    metadata: { record, path, modified: String(file.lastModified) },
    fingerprint: () => (fingerprint ??= fingerprintOf(record, path, file)),
    storeFingerprintForResuming: true,
    removeFingerprintOnSuccess: true,
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || status === 409 || status === 423 || status >= 500;
      if (again) events.onStalled();
      return again;
    },
    onProgress: events.onProgress,
    onSuccess: events.onDone,
    onError: (error) => {
      const body = error instanceof tus.DetailedError ? error.originalResponse?.getBody() : undefined;
      const cameFromServer = error instanceof tus.DetailedError;
      const problem = body ? problemOfBody(body) : problemOf(new TypeError(error.message));
      events.onFailed(cameFromServer ? problem : unreadable(error));
    },
  });
}

/** The browser can no longer read the file: it was moved, deleted or changed on its disk. */
export const unreadable = (error: unknown): Problem => ({
  ...problemOf(error),
  reason: 'file_unreadable',
  sentence: i18next.t('uploads.unreadable'),
});

/** Takes what earlier visits left behind in this browser, for the next person at this machine. */
export function forgetUploads(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('tus::')) localStorage.removeItem(key);
  } catch {
    // Without storage there is nothing to forget.
  }
}
