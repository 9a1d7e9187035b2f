import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import { preparing } from './prepared.ts';
import type { DB } from './tables.ts';

export type Database = Kysely<DB>;

/** Connections to PostgreSQL: the server's own, bound by row-level security, and the owner's, for migrations and the queue. */
export interface Pools extends AsyncDisposable {
  readonly server: Database;
  /** For transactions beside the one of a request. */
  readonly aside: Database;
  readonly owner: pg.Pool;
  /** The owner's connections for the queue, which wants 64-bit numbers as text: it writes its jobs' ids as JSON. */
  readonly queue: pg.Pool;
  /** The server's own pools, to be watched. */
  readonly all: { readonly server: pg.Pool; readonly aside: pg.Pool };
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

const readTime: (text: string) => Date = pg.types.getTypeParser(TIMESTAMPTZ);

/** A time as PostgreSQL writes it in UTC, `2026-11-25 13:44:50.123+00`, read by the engine itself; what else there is goes the long way. */
const readUtcTime = (text: string): Date =>
  text[10] === ' ' && text.endsWith('+00') ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readTime(text);

// Counts and sizes are 64-bit: they arrive as bigint, never as a rounded number.
const ours: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8
      ? BigInt
      : oid === TIMESTAMPTZ && format !== 'binary'
        ? readUtcTime
        : pg.types.getTypeParser(oid, format ?? 'text'),
};

export function openPools(url: string, log: Log): Pools {
  let ending = false;
  const open = (max: number, role: string | null, types: pg.CustomTypesConfig = ours): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      types,
      connectionTimeoutMillis: 10_000,
      options: `-c search_path=muster${role ? ` -c role=${role}` : ''} -c statement_timeout=120000 -c idle_in_transaction_session_timeout=120000 -c timezone=UTC`,
    });
    // One that breaks in use fails its query; without a listener it would end the process too.
    pool.on('connect', (client) => client.on('error', () => {}));
    // A connection that breaks while idle is not an error of any request: the pool opens another one.
    pool.on('error', (error) =>
      log[ending ? 'debug' : 'warn']({ error: error.message }, 'a database connection was lost'),
    );
    return pool;
  };
  const owner = open(4, null);
  const queue = open(6, null, pg.types);
  const all = { server: open(20, 'muster_server'), aside: open(6, 'muster_server') };
  const server = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(all.server) }) });
  const aside = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(all.aside) }) });
  return {
    server,
    aside,
    owner,
    queue,
    all,
    [Symbol.asyncDispose]: async () => {
      ending = true;
      await server.destroy();
      await aside.destroy();
      await owner.end();
      await queue.end();
    },
  };
}
