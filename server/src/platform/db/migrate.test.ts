import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { emptyDatabase, schemaOf } from '../../../test/databases.ts';
import { createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { readSecrets } from '../../secrets.ts';
import { openLog } from '../log.ts';
import { DatabaseError } from './database-error.ts';
import { writeTables } from './generate-tables.ts';
import { migrate, migrationNames } from './migrate.ts';

const applied = async (owner: pg.Pool): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    'select name from muster_migrations.kysely_migration order by 1',
  );
  return rows.map(({ name }) => name);
};

test('a database that was migrated step by step is the same as a fresh one, and each step may be repeated', async () => {
  await using slow = await emptyDatabase();
  await using quick = await emptyDatabase();
  const [stepwise, fresh] = [slow.pools().owner, quick.pools().owner];
  const names = migrationNames();
  for (const [index, name] of names.entries()) {
    await migrate(stepwise, name);
    const once = await schemaOf(stepwise);
    await migrate(stepwise, name);
    expect(await schemaOf(stepwise), name).toEqual(once);
    expect(await applied(stepwise)).toEqual(names.slice(0, index + 1));
  }
  await migrate(fresh);
  const schema = await schemaOf(fresh);
  expect(schema.length).toBeGreaterThan(200);
  expect(await schemaOf(stepwise)).toEqual(schema);
  await migrate(fresh);
  expect(await schemaOf(fresh)).toEqual(schema);
});

test('five servers that start on one empty database at once all work, and it is migrated once', async () => {
  await using database = await emptyDatabase();
  const starts = Array.from({ length: 5 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'muster-start-'));
    const config = readConfig({ MUSTER_DATA_DIR: dataDir, DATABASE_URL: database.url, MUSTER_LOG_LEVEL: 'error' });
    const pools = database.pools();
    const log = openLog('error');
    const app = await createApp({ config, secrets: readSecrets(config), pools, log, show: () => {} });
    const seen = await pools.server.selectFrom('accounts').selectAll().execute();
    await app.stop();
    rmSync(dataDir, { recursive: true });
    return seen;
  });
  expect(await Promise.all(starts)).toEqual([[], [], [], [], []]);
  expect(await applied(database.pools().owner)).toEqual(migrationNames());
});

test('a database of a newer version is left alone, and one sentence says what to do', async () => {
  await using database = await emptyDatabase();
  const { owner } = database.pools();
  await migrate(owner);
  await owner.query("insert into muster_migrations.kysely_migration values ('9999_from_tomorrow', now()::text)");
  const before = await schemaOf(owner);
  const refusal = await migrate(owner).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(DatabaseError);
  expect(String(refusal)).toMatch(
    /^\w*Error: The data was written by a newer version of Muster [^.]*9999_from_tomorrow[^.]*\.$/,
  );
  expect(await schemaOf(owner)).toEqual(before);
});

test('tables.ts says what the migrated database says', async () => {
  await using database = await emptyDatabase();
  await migrate(database.pools().owner);
  const dir = mkdtempSync(join(tmpdir(), 'muster-tables-'));
  const file = join(dir, 'tables.ts');
  writeTables(database.url, file);
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(new URL('tables.ts', import.meta.url), 'utf8'));
  rmSync(dir, { recursive: true });
});
