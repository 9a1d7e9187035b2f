import type { Upload } from 'tus-js-client';
import type { Problem } from '../../ui/index.ts';
import { forgetUploads, tusUpload, unreadable } from './tus-upload.ts';

const AT_ONCE = 4;

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
  /** Bytes that were sent. */
  readonly sent: number;
  /** Bytes a second since it runs; 0 before the first piece. */
  readonly speed: number;
  readonly state: 'waiting' | 'running' | 'paused' | 'done' | 'failed';
  /** Running, but without a connection at the moment. */
  readonly isStalled: boolean;
  readonly problem: Problem | null;
}

interface Entry extends UploadFile {
  row: UploadRow;
  upload: Upload | null;
  began: number;
  begunAt: number;
  starts: number;
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
        isStalled: false,
        problem: null,
      };
      this.#entries.push({ file, path, row, upload: null, began: 0, begunAt: 0, starts: 0 });
    }
    this.#startNext();
  }

  pause(id: number): void {
    const entry = this.#find(id);
    void entry?.upload?.abort(false);
    if (entry) this.#set(entry, { state: 'paused', speed: 0, isStalled: false });
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

  /** At sign-out: stops all, and leaves nothing for the next person at this machine. */
  forget(): void {
    for (const entry of this.#entries) void entry.upload?.abort(false);
    this.#entries = [];
    forgetUploads();
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
    const start = ++entry.starts;
    try {
      // The same file of an earlier visit goes on where that one stopped.
      const [earlier] = await entry.upload.findPreviousUploads();
      if (earlier && entry.upload.url === null) entry.upload.resumeFromPreviousUpload(earlier);
    } catch (error) {
      this.#end(entry, { state: 'failed', problem: unreadable(error) });
    }
    // It may have been paused or cancelled while the file was looked at.
    if (entry.row.state === 'running' && entry.starts === start && this.#entries.includes(entry)) entry.upload.start();
  }

  #make(entry: Entry): Upload {
    return tusUpload(entry.row.record, entry.path, entry.file, {
      onProgress: (sent) => {
        const now = performance.now();
        if (entry.begunAt === 0) [entry.began, entry.begunAt] = [sent, now];
        const seconds = (now - entry.begunAt) / 1000;
        const speed = seconds > 0.2 ? (sent - entry.began) / seconds : entry.row.speed;
        this.#set(entry, { sent, speed, isStalled: false });
      },
      onStalled: () => {
        entry.begunAt = 0;
        this.#set(entry, { isStalled: true, speed: 0 });
      },
      onDone: () => this.#end(entry, { state: 'done', sent: entry.file.size }),
      onFailed: (problem) => this.#end(entry, { state: 'failed', problem }),
    });
  }

  #end(entry: Entry, change: Partial<UploadRow>): void {
    this.#set(entry, { ...change, speed: 0, isStalled: false });
    this.#startNext();
  }
}

export const uploads = new Uploads();
