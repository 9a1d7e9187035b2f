import { readFileSync, readdirSync } from 'node:fs';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { DatabaseError } from './database-error.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);

/** Makes the database `muster` on a server of our own when it is not there yet. */
export async function ensureDatabase(url: string): Promise<void> {
  const target = new URL(url);
  const name = target.pathname.slice(1);
  target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    // Order by code point, which is the same everywhere, and upper and lower case of every script, which C does not know.
    if (found.rowCount === 0)
      await client.query(
        `create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'`,
      );
  } finally {
    await client.end();
  }
}

/**
 * Brings the database to the newest schema, or to an older one that is named. Any number of servers may call it at
 * once: one migrates, the others wait. Throws DatabaseError when the database was migrated by a newer version.
 */
export async function migrate(owner: pg.Pool, last?: string): Promise<void> {
  const known = new Map(
    migrationNames().map((name) => [name, readFileSync(new URL(`${name}.sql`, FOLDER), 'utf8')] as const),
  );
  // Left open on purpose: the pool is the caller's.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: owner }) });
  await refuseNewer(owner, known);
  await runMigrations({ pgPool: owner });
  const migrations: Record<string, Migration> = Object.fromEntries(
    [...known].map(([name, text]) => [name, { up: async (tx) => void (await sql.raw(text).execute(tx)) }]),
  );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: 'muster_migrations',
  });
  const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error) {
    const why = error instanceof Error ? error.message : 'a migration failed';
    throw new DatabaseError(`The database could not be brought to this version: ${why}.`, { cause: error });
  }
}

/** Names of all migrations in their order, without their ending. */
export const migrationNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.replace(/\.sql$/, ''))
    .toSorted();

async function refuseNewer(owner: pg.Pool, known: ReadonlyMap<string, string>): Promise<void> {
  const present = await owner.query<{ found: boolean }>(
    "select to_regclass('muster_migrations.kysely_migration') is not null as found",
  );
  if (!present.rows[0]?.found) return;
  const applied = await owner.query<{ name: string }>('select name from muster_migrations.kysely_migration');
  const newer = applied.rows.map((row) => row.name).find((name) => !known.has(name));
  if (newer)
    throw new DatabaseError(
      `The data was written by a newer version of Muster (its migration ${newer} is not known here): start that version.`,
    );
}
