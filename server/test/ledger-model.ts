import { DAY, HOUR } from '../src/platform/clock.ts';

/** A file as the model knows it; those that were purged are not in it. */
export interface ModelFile {
  readonly record: ModelRecord;
  readonly path: string;
  readonly content: string;
  /** Order of making: the oldest one pays. */
  readonly order: number;
  deleted: number | null;
}

export interface ModelRecord {
  readonly name: string;
  readonly project: string;
  deleted: number | null;
}

export interface ModelUpload {
  readonly location: string;
  readonly record: ModelRecord;
  readonly path: string;
  readonly content: string;
  received: number;
  /** When its last part came. */
  touched: number;
  done: boolean;
}

/** Bytes by gauge and by project: `storage.live projects/…` → bytes. */
export type Gauges = Record<string, bigint>;

/** What storage must be, written as simply as it can be said. It knows nothing of how the server does it. */
export class LedgerModel {
  records: ModelRecord[] = [];
  files: ModelFile[] = [];
  uploads: ModelUpload[] = [];
  #order = 0;

  livingAt(record: ModelRecord, path: string): ModelFile | undefined {
    return this.files.find((file) => file.record === record && file.path === path && file.deleted === null);
  }

  /** Whether a folder has this name, or a file the name of one of its folders. */
  isFolder(record: ModelRecord, path: string): boolean {
    return this.files.some(
      (file) =>
        file.record === record &&
        file.deleted === null &&
        (file.path.startsWith(`${path}/`) || path.startsWith(`${file.path}/`)),
    );
  }

  finish(record: ModelRecord, path: string, content: string, now: number): void {
    const replaced = this.livingAt(record, path);
    if (replaced) replaced.deleted = now;
    this.files.push({ record, path, content, order: this.#order++, deleted: null });
  }

  /** The file that was deleted last at a path. */
  newestTrashed(record: ModelRecord, path: string): ModelFile | undefined {
    return this.files
      .filter((file) => file.record === record && file.path === path && file.deleted !== null)
      .toSorted((a, b) => (b.deleted ?? 0) - (a.deleted ?? 0))[0];
  }

  sweep(now: number): void {
    const isDue = (deleted: number | null): boolean => deleted !== null && deleted + 7 * DAY <= now;
    this.records = this.records.filter((record) => !isDue(record.deleted));
    this.files = this.files.filter((file) => !isDue(file.deleted) && this.records.includes(file.record));
    this.uploads = this.uploads.filter(
      (upload) => this.records.includes(upload.record) && upload.touched + 7 * DAY > now,
    );
  }

  reserved(now: number): bigint {
    return this.uploads
      .filter((upload) => !upload.done && upload.touched + 24 * HOUR > now)
      .reduce((sum, upload) => sum + BigInt(upload.content.length), 0n);
  }

  /** Each content once, in the gauge of its best reference, charged to the oldest of those. */
  gauges(): Gauges {
    const gauges: Gauges = {};
    for (const content of new Set(this.files.map((file) => file.content))) {
      const inTrash = (file: ModelFile): boolean => file.deleted !== null || file.record.deleted !== null;
      const [oldest] = this.files
        .filter((file) => file.content === content)
        .toSorted((a, b) => Number(inTrash(a)) - Number(inTrash(b)) || a.order - b.order);
      if (!oldest || content === '') continue;
      const key = `storage.${inTrash(oldest) ? 'trash' : 'live'} ${oldest.record.project}`;
      gauges[key] = (gauges[key] ?? 0n) + BigInt(content.length);
    }
    return gauges;
  }

  total(gauge: 'storage.live' | 'storage.trash'): bigint {
    return Object.entries(this.gauges())
      .filter(([key]) => key.startsWith(gauge))
      .reduce((sum, [, bytes]) => sum + bytes, 0n);
  }
}
