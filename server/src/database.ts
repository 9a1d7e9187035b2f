import type { Config } from './config.ts';
import { DatabaseError, EmbeddedPostgres } from './platform/db/embedded.ts';
import { ensureDatabase } from './platform/db/migrate.ts';
import { openPools } from './platform/db/pools.ts';
import type { Pools } from './platform/db/pools.ts';
import type { Log } from './platform/log.ts';
import type { Secrets } from './secrets.ts';

/** Connects to the configured PostgreSQL, or starts one and has it stopped by `cleanup`. Throws DatabaseError. */
export async function openDatabase(
  cleanup: AsyncDisposableStack,
  config: Config,
  secrets: Secrets,
  log: Log,
): Promise<Pools> {
  const embedded = config.databaseUrl
    ? null
    : cleanup.use(new EmbeddedPostgres(config.dataDir, secrets.databasePassword, log));
  if (embedded) {
    await embedded.start();
    await ensureDatabase(embedded.url);
  }
  return connect(config.databaseUrl ?? embedded?.url ?? '', log);
}

/** For commands beside a running server: joins its PostgreSQL, or starts one for the while. */
export async function joinDatabase(
  cleanup: AsyncDisposableStack,
  config: Config,
  secrets: Secrets,
  log: Log,
): Promise<Pools> {
  const running = config.databaseUrl ? null : EmbeddedPostgres.runningUrl(config.dataDir, secrets.databasePassword);
  return running ? connect(running, log) : openDatabase(cleanup, config, secrets, log);
}

async function connect(url: string, log: Log): Promise<Pools> {
  // A pool of one role at first: the server's own role is made by the first migration.
  const pools = openPools(url, log);
  try {
    await pools.owner.query('select 1');
    return pools;
  } catch (error) {
    await pools[Symbol.asyncDispose]();
    throw new DatabaseError(`PostgreSQL cannot be reached: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
