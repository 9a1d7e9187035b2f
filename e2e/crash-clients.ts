import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Refused, sha256 } from './client.ts';
import type { Client } from './client.ts';

export interface Upload {
  readonly location: string;
  readonly name: string;
  readonly content: Buffer;
  /** Where the server said it had got to. */
  acknowledged: number;
}

/** What the server has acknowledged; nothing of it may ever be missing. */
export interface Acknowledged {
  /** Resource names of records. */
  readonly records: Set<string>;
  /** Files by resource name, with the hash of their content. */
  readonly files: Map<string, string>;
  readonly deleted: Set<string>;
  readonly underWay: Set<Upload>;
  /** Creations that got no answer: the key with which each can be repeated. */
  readonly unanswered: Map<string, string>;
  /** Deletions that got no answer: they are done or not. */
  readonly undecided: Set<string>;
  /** Answers that no client should ever get. */
  readonly wrong: string[];
  /** How many requests were answered well. */
  done: number;
}

const PART = 128 * 1024;
const LARGEST = 1024 * 1024;
/** Records that get files; the others are only made. */
export const FILLED = 8;

/** Does what people do, all at once, until it is told to stop; notes what was acknowledged. */
export class CrashClients {
  readonly known: Acknowledged = {
    records: new Set(),
    files: new Map(),
    deleted: new Set(),
    underWay: new Set(),
    unanswered: new Map(),
    undecided: new Set(),
    wrong: [],
    done: 0,
  };
  readonly project: string;
  readonly #client: Client;
  #going: Promise<unknown> = Promise.resolve();
  #stop = false;

  constructor(client: Client, project: string) {
    this.#client = client;
    this.project = project;
  }

  start(count: number): void {
    this.#stop = false;
    this.#going = Promise.all(Array.from({ length: count }, () => this.#work()));
  }

  async stop(): Promise<void> {
    this.#stop = true;
    await this.#going;
  }

  async #work(): Promise<void> {
    const acts = [
      () => this.#createRecord(),
      () => this.#upload(),
      () => this.#upload(),
      () => this.#download(),
      () => this.#deleteFile(),
    ];
    while (!this.#stop) {
      try {
        await acts[randomInt(acts.length)]?.();
        this.known.done++;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        // No answer, or "try again": what a server that is going, gone or coming back says.
        if (error.status !== 0 && error.status !== 503) this.known.wrong.push(error.message);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async #createRecord(): Promise<void> {
    const requestId = randomUUID();
    const title = `Drive ${requestId}`;
    this.known.unanswered.set(requestId, title);
    await this.repeatCreate(requestId, title);
  }

  /** Creates a record, or finds the one that the same key has made. */
  async repeatCreate(requestId: string, title: string): Promise<void> {
    const made = await this.#client.call<{ name: string; title: string }>('RecordService/CreateRecord', {
      parent: this.project,
      title,
      requestId,
    });
    this.known.unanswered.delete(requestId);
    this.known.records.add(made.name);
  }

  async #upload(): Promise<void> {
    const record = any([...this.known.records].slice(0, FILLED));
    if (!record) return;
    const content = randomBytes(randomInt(1, LARGEST));
    const path = `${randomUUID()}.bin`;
    const location = await this.#client.begin(record, path, content.length);
    const upload = { location, name: `${record}/files/${path}`, content, acknowledged: 0 };
    this.known.underWay.add(upload);
    await this.goOn(upload);
  }

  /** Sends what is missing of an upload, from where the server said it had got to. */
  async goOn(upload: Upload): Promise<void> {
    const { content, location } = upload;
    while (upload.acknowledged < content.length) {
      const part = content.subarray(upload.acknowledged, upload.acknowledged + PART);
      upload.acknowledged = await this.#client.patch(location, upload.acknowledged, part);
    }
    this.known.underWay.delete(upload);
    this.known.files.set(upload.name, sha256(content));
  }

  async #download(): Promise<void> {
    const [name, hash] = any([...this.known.files]) ?? [];
    if (!name) return;
    const bytes = await this.#client.download(name).catch((error: unknown) => {
      // Another of these clients may have deleted it meanwhile.
      if (error instanceof Refused && error.status === 404 && !this.known.files.has(name)) return null;
      throw error;
    });
    if (bytes && sha256(bytes) !== hash) this.known.wrong.push(`${name} has other bytes`);
  }

  async #deleteFile(): Promise<void> {
    if (this.known.files.size < 10) return;
    const [name] = any([...this.known.files]) ?? [];
    if (!name) return;
    this.known.files.delete(name);
    this.known.undecided.add(name);
    await this.#client.call('FileService/DeleteFile', { name });
    this.known.undecided.delete(name);
    this.known.deleted.add(name);
  }
}

const any = <T>(of: readonly T[]): T | undefined => (of.length > 0 ? of[randomInt(of.length)] : undefined);
