import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import { DataDirTaken, claimDataDir } from './data-dir.ts';
import { DatabaseError } from './platform/db/database-error.ts';
import { EmbeddedPostgres } from './platform/db/embedded.ts';
import { ensureDatabase } from './platform/db/migrate.ts';
import { openPools } from './platform/db/pools.ts';
import type { Pools } from './platform/db/pools.ts';
import type { Log } from './platform/log.ts';
import type { Secrets } from './secrets.ts';

/** How long a command waits for a server that is just starting or stopping. */
const JOIN_MS = 30_000;

export interface OpenDatabase {
  readonly pools: Pools;
  /** Resolves, with why, when the database is gone for good; of one that others look after, never. */
  readonly lost: Promise<DatabaseError>;
}

/**
 * Connects to the configured PostgreSQL, or starts one and has it stopped by `cleanup`. The caller has claimed the
 * data directory. Throws DatabaseError.
 */
export async function openDatabase(
  cleanup: AsyncDisposableStack,
  config: Config,
  secrets: Secrets,
  log: Log,
): Promise<OpenDatabase> {
  if (config.databaseUrl) return { pools: await connect(config.databaseUrl, log), lost: new Promise(() => {}) };
  const embedded = cleanup.use(new EmbeddedPostgres(config.dataDir, secrets.databasePassword, log));
  await embedded.start();
  await ensureDatabase(embedded.url);
  return { pools: await connect(embedded.url, log), lost: embedded.lost };
}

/** For commands beside a running server: joins its PostgreSQL, or starts one for the while. Throws DatabaseError. */
export async function joinDatabase(
  cleanup: AsyncDisposableStack,
  config: Config,
  secrets: Secrets,
  log: Log,
): Promise<Pools> {
  if (config.databaseUrl) return connect(config.databaseUrl, log);
  for (const end = performance.now() + JOIN_MS; ; await sleep(100)) {
    const running = EmbeddedPostgres.runningUrl(config.dataDir, secrets.databasePassword);
    if (running) return connect(running, log);
    try {
      cleanup.use(claimDataDir(config.dataDir));
      break;
    } catch (error) {
      // A server that has the folder but no database yet is starting, or stopping.
      if (!(error instanceof DataDirTaken) || performance.now() > end) throw error;
    }
  }
  const { pools } = await openDatabase(cleanup, config, secrets, log);
  return pools;
}

async function connect(url: string, log: Log): Promise<Pools> {
  const pools = openPools(url, log);
  try {
    await pools.owner.query('select 1');
    return pools;
  } catch (error) {
    await pools[Symbol.asyncDispose]();
    throw new DatabaseError(`PostgreSQL cannot be reached: ${sentenceOf(error)}.`);
  }
}

/** A host of several addresses fails with several errors, whose sum has no message. */
function sentenceOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
