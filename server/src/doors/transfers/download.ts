import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import { parse as parseRange } from 'range-parser';
import { openDownload } from '../../features/files/index.ts';
import { HOUR } from '../../platform/clock.ts';
import type { Platform, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { runRequest } from '../../platform/run.ts';
import { parseName } from '../../platform/wire/names.ts';

/** Result of range-parser for a range outside the file. */
const UNSATISFIABLE = 2;

/** A file read by many ranges is one download as long as its reader comes back within this time. */
const SAME_DOWNLOAD_MS = HOUR;
const REMEMBERED = 10_000;

/** Bytes out at `/files/`. It remembers who reads what, so that the thousand ranges of a player are one event. */
export class Downloads {
  readonly #platform: Platform;
  /** When a credential read a path last, oldest first. */
  readonly #read = new Map<string, number>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async send(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): Promise<void> {
    const name = decodePath(facts.method);
    const [project = '', record = '', path = ''] = parseName('files/projects/*/records/*/files/**', name);
    const { credential } = facts;
    const reader = `${'hash' in credential ? credential.hash.toString('base64') : ''} ${name}`;
    const first = request.method === 'GET' && (request.headers.range === undefined || !this.#goesOn(reader));
    const found = await runRequest(this.#platform, { ...facts, writes: false }, (ctx) =>
      openDownload(ctx, { project, record, path, first }),
    );
    if (request.method === 'GET') this.#remember(reader);
    await answer(this.#platform, request, response, found);
  }

  #goesOn(reader: string): boolean {
    return this.#platform.clock.now().getTime() - (this.#read.get(reader) ?? -Infinity) < SAME_DOWNLOAD_MS;
  }

  #remember(reader: string): void {
    this.#read.delete(reader);
    this.#read.set(reader, this.#platform.clock.now().getTime());
    const oldest = this.#read.keys().next().value;
    if (this.#read.size > REMEMBERED && oldest !== undefined) this.#read.delete(oldest);
  }
}

/** Sends the bytes of a file, whole or one range of them (RFC 9110 sections 13 and 14). */
async function answer(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  { organizationId, file }: { organizationId: string; file: { path: string; sha256: Buffer; byte_size: bigint } },
): Promise<void> {
  const etag = `"${file.sha256.toString('hex')}"`;
  response.setHeader('etag', etag);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-disposition', contentDisposition(file.path.split('/').at(-1) ?? 'file'));
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  if (matches(request.headers['if-none-match'], etag)) return void response.writeHead(304).end();

  const size = Number(file.byte_size);
  const range = wantedRange(request, etag, size);
  if (range === 'unsatisfiable') return void response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { 'content-length': String(end - start + 1) });
  if (request.method === 'HEAD' || size === 0) return void response.end();
  try {
    await pipeline(platform.blobs.open(organizationId, file.sha256, start, end), response);
  } catch (error) {
    // Who hangs up in the middle needs no answer.
    if (!response.destroyed) throw error;
  }
}

function wantedRange(
  request: IncomingMessage,
  etag: string,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const { range } = request.headers;
  const condition = request.headers['if-range'];
  if (!range || (condition !== undefined && condition !== etag)) return null;
  const { code, type, ranges } = parseRange(size, range);
  if (code === UNSATISFIABLE && type === 'bytes') return 'unsatisfiable';
  // Several ranges, or none that can be read: the whole file is a right answer too.
  const [only] = ranges;
  return code === 0 && type === 'bytes' && ranges.length === 1 && only ? only : null;
}

const matches = (header: string | undefined, etag: string): boolean =>
  header === '*' || (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

function decodePath(path: string): string {
  try {
    return path.slice(1).split('/').map(decodeURIComponent).join('/');
  } catch {
    throw new Refusal('not_found');
  }
}
