import { randomInt } from 'node:crypto';
import type pg from 'pg';

/** First key of the advisory locks that say which servers live. */
const LIVING = 0x6d75;

/** A name for the workers of this server, alive as long as its connection is. */
export interface Liveness extends AsyncDisposable {
  workerId(index: number): string;
}

/**
 * Takes a name and holds it with an advisory lock on a connection of its own: when this server dies, however it dies,
 * PostgreSQL lets the lock go, and others see at once that its jobs are free. (The queue itself would wait 4 hours.)
 */
export async function live(pool: pg.Pool): Promise<Liveness> {
  const client = await pool.connect();
  const number = randomInt(1, 2 ** 31 - 1);
  await client.query('select pg_advisory_lock($1, $2)', [LIVING, number]);
  return {
    workerId: (index) => `muster-${number}-${index}`,
    [Symbol.asyncDispose]: async () => {
      await client.query('select pg_advisory_unlock($1, $2)', [LIVING, number]).catch(() => {});
      client.release();
    },
  };
}

/** Frees the jobs of servers that are gone. */
export async function releaseJobsOfTheDead(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  );
  const dead: string[] = [];
  for (const { locked_by: worker } of rows) {
    const number = Number(/^muster-(\d+)-/.exec(worker)?.[1] ?? 0);
    if (await isDead(pool, number)) dead.push(worker);
  }
  if (dead.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
}

async function isDead(pool: pg.Pool, number: number): Promise<boolean> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
      LIVING,
      number,
    ]);
    if (!rows[0]?.got) return false;
    await client.query('select pg_advisory_unlock($1, $2)', [LIVING, number]);
    return true;
  } finally {
    client.release();
  }
}
