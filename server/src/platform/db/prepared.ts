import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** Distinct statements that get a name. The code has a few hundred; the rest, and one gone wild, run without. */
const NAMED = 1000;

/**
 * Lets PostgreSQL keep the plan of each statement on each connection: a statement that has a name is parsed once and
 * afterwards only bound and run (PostgreSQL 18 manual, section 54.2.3).
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: {},
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? namingClient(client, names);
      clients.set(client, known);
      return known;
    },
  };
}

function namingClient(client: pg.PoolClient, names: Map<string, string>): PostgresPoolClient {
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= NAMED) return known;
    const name = `muster_${names.size}`;
    names.set(text, name);
    return name;
  };
  const query = (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    // Without values it is a plain command like `commit`, for which pg has a shorter way.
    const name = values.length > 0 ? nameOf(text) : undefined;
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return {
    // Its other form takes a cursor: that needs a setting of Kysely that we do not make.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  };
}
