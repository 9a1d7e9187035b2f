import * as tus from 'tus-js-client';
import { problemOf, problemOfBody } from '../../api/index.ts';
import type { Problem } from '../../ui/index.ts';

const PIECE = 16 * 1024 * 1024;
const AT_ONCE = 4;
/** Network loss is waited out by itself, 1 s to 60 s. */
const RETRIES = [1000, 2000, 5000, 10_000, 30_000, 60_000, 60_000, 60_000, 60_000, 60_000];

export interface UploadFile {
  readonly file: File;
  /** Path inside the record. */
  readonly path: string;
}

export interface UploadRow {
  readonly id: number;
  /** Resource name of the record. */
  readonly record: string;
  readonly path: string;
  readonly size: number;
  /** Bytes that are with the server. */
  readonly sent: number;
  /** Bytes a second since it runs; 0 before the first piece. */
  readonly speed: number;
  readonly state: 'waiting' | 'running' | 'paused' | 'done' | 'failed';
  readonly problem: Problem | null;
}

interface Entry extends UploadFile {
  row: UploadRow;
  upload: tus.Upload | null;
  began: number;
  begunAt: number;
}

/** All uploads of this browser tab, one list: it outlives the pages. */
class Uploads {
  #entries: Entry[] = [];
  #rows: readonly UploadRow[] = [];
  #listeners = new Set<() => void>();
  #next = 1;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly rows = (): readonly UploadRow[] => this.#rows;

  add(record: string, files: readonly UploadFile[]): void {
    for (const { file, path } of files) {
      const row: UploadRow = {
        id: this.#next++,
        record,
        path,
        size: file.size,
        sent: 0,
        speed: 0,
        state: 'waiting',
        problem: null,
      };
      this.#entries.push({ file, path, row, upload: null, began: 0, begunAt: 0 });
    }
    this.#startNext();
  }

  pause(id: number): void {
    const entry = this.#find(id);
    void entry?.upload?.abort(false);
    if (entry) this.#set(entry, { state: 'paused', speed: 0 });
    this.#startNext();
  }

  /** Goes on after a pause or a failure, from what the server has. */
  resume(id: number): void {
    const entry = this.#find(id);
    if (entry) this.#set(entry, { state: 'waiting', problem: null });
    this.#startNext();
  }

  cancel(id: number): void {
    const entry = this.#find(id);
    if (!entry) return;
    // The server drops what it has; when it cannot be reached, the upload expires there.
    void entry.upload?.abort(true).catch(() => {});
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#publish();
    this.#startNext();
  }

  /** Takes the finished ones off the list. */
  clear(): void {
    this.#entries = this.#entries.filter((entry) => entry.row.state !== 'done');
    this.#publish();
  }

  #find(id: number): Entry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  #set(entry: Entry, change: Partial<UploadRow>): void {
    entry.row = { ...entry.row, ...change };
    this.#publish();
  }

  #publish(): void {
    this.#rows = this.#entries.map((entry) => entry.row);
    for (const listener of this.#listeners) listener();
  }

  #startNext(): void {
    const running = this.#entries.filter((entry) => entry.row.state === 'running').length;
    const waiting = this.#entries
      .filter((entry) => entry.row.state === 'waiting')
      .slice(0, Math.max(0, AT_ONCE - running));
    for (const entry of waiting) void this.#start(entry);
    this.#publish();
  }

  async #start(entry: Entry): Promise<void> {
    this.#set(entry, { state: 'running' });
    entry.upload ??= this.#make(entry);
    entry.begunAt = 0;
    // The same file of an earlier visit goes on where that one stopped.
    const [earlier] = await entry.upload.findPreviousUploads();
    if (earlier && entry.upload.url === null) entry.upload.resumeFromPreviousUpload(earlier);
    if (entry.row.state === 'running') entry.upload.start();
  }

  #make(entry: Entry): tus.Upload {
    const { file, path, row } = entry;
    return new tus.Upload(file, {
      endpoint: '/uploads/',
      chunkSize: PIECE,
      retryDelays: RETRIES,
      metadata: { record: row.record, path, modified: String(file.lastModified) },
      fingerprint: () => Promise.resolve(['muster', row.record, path, file.size, file.lastModified].join('|')),
      storeFingerprintForResuming: true,
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 409 || status === 423 || status >= 500;
      },
      onProgress: (sent) => {
        const now = performance.now();
        if (entry.begunAt === 0) [entry.began, entry.begunAt] = [sent, now];
        const seconds = (now - entry.begunAt) / 1000;
        this.#set(entry, { sent, speed: seconds > 0.2 ? (sent - entry.began) / seconds : entry.row.speed });
      },
      onSuccess: () => {
        this.#set(entry, { state: 'done', sent: file.size, speed: 0 });
        this.#startNext();
      },
      onError: (error) => {
        const body = error instanceof tus.DetailedError ? error.originalResponse?.getBody() : undefined;
        this.#set(entry, {
          state: 'failed',
          speed: 0,
          problem: body ? problemOfBody(body) : problemOf(new TypeError(error.message)),
        });
        this.#startNext();
      },
    });
  }
}

export const uploads = new Uploads();
