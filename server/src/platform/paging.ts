import type { Context } from './context.ts';
import { Refusal } from './errors.ts';

export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** One page, and the token of the next one; empty on the last page (AIP-158). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string;
}

/** What a page begins behind: the sort keys of the last row of the page before. */
export type Cursor = readonly string[];

export const DEFAULT_SIZE = 50;
const LARGEST_SIZE = 1000;

export const pageSize = (request: PageRequest): number => Math.min(request.pageSize || DEFAULT_SIZE, LARGEST_SIZE);

/**
 * Opens a page token. It is signed for one list of one organization, so that a token of another list, another
 * organization or somebody's invention is refused.
 */
export function openCursor(ctx: Context, list: string, request: PageRequest): Cursor | null {
  if (request.pageToken === '') return null;
  const [body = '', signature = ''] = request.pageToken.split('.');
  if (signature !== sign(ctx, list, body)) throw new Refusal('cursor_invalid', { field: 'page_token' });
  const keys: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  if (!Array.isArray(keys)) throw new Refusal('cursor_invalid', { field: 'page_token' });
  return keys.map(String);
}

/** Cuts `rows`, of which one more than the page size was read, into a page. */
export function toPage<T>(
  ctx: Context,
  list: string,
  request: PageRequest,
  rows: readonly T[],
  cursorOf: (row: T) => Cursor,
): Page<T> {
  const size = pageSize(request);
  const last = rows.length > size ? rows[size - 1] : undefined;
  if (last === undefined) return { items: rows, nextPageToken: '' };
  const body = Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url');
  return { items: rows.slice(0, size), nextPageToken: `${body}.${sign(ctx, list, body)}` };
}

const sign = (ctx: Context, list: string, body: string): string =>
  ctx.platform.keys
    .hmac('page', ctx.organizationId ?? ctx.caller?.accountId ?? '', list, body)
    .subarray(0, 12)
    .toString('base64url');
