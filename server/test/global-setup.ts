import { mkdtempSync, rmSync } from 'node:fs';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { EmbeddedPostgres } from '../src/platform/db/embedded.ts';
import { ensureDatabase, migrate } from '../src/platform/db/migrate.ts';
import { openLog } from '../src/platform/log.ts';
import { openPools } from '../src/platform/db/pools.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL of this run; its database `muster` is the migrated template. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Not under /tmp with its private folders: the user postgres must reach it.
  const dir = mkdtempSync('/var/tmp/muster-test-');
  const { chmodSync } = await import('node:fs');
  chmodSync(dir, 0o755);
  const log = openLog('error');
  const postgres = new EmbeddedPostgres(dir, 'test', log);
  await postgres.start();
  await ensureDatabase(postgres.url);
  {
    await using pools = openPools(postgres.url, log);
    await migrate(pools.owner);
  }
  const client = new pg.Client({ connectionString: postgres.url.replace(/muster$/, 'postgres') });
  await client.connect();
  await client.query('alter database muster is_template true');
  await client.end();
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  };
}
