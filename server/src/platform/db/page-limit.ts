import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DEFAULT_SIZE } from '../paging.ts';

/**
 * The limit of a list. PostgreSQL keeps the plan of a statement only when it sees how few rows are wanted; with a
 * parameter it plans each page anew, which takes as long as reading it. So the usual size, and the one row more that
 * tells whether there is a next page, stands in the text.
 */
export const pageLimit = (rows: number): number | RawBuilder<number> =>
  rows === DEFAULT_SIZE + 1 ? sql.lit(rows) : rows;
