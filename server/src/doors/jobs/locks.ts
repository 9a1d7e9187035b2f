import { randomInt } from 'node:crypto';
import type pg from 'pg';

/** First key of the advisory locks that say which servers live. */
const LIVING = 0x6d75;
const AGAIN_MS = 1000;

/**
 * A name for the workers of this server, held with an advisory lock on a connection of its own: when the server dies,
 * however it dies, PostgreSQL lets the lock go, and others see at once that its jobs are free. (The queue itself would
 * wait 4 hours.) When only the connection dies, the lock is taken again.
 */
export class Life implements AsyncDisposable {
  readonly number = randomInt(1, 2 ** 31 - 1);
  readonly #pool: pg.Pool;
  #client: pg.PoolClient | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ended = false;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  static async begin(pool: pg.Pool): Promise<Life> {
    const life = new Life(pool);
    await life.#take();
    return life;
  }

  workerId(index: number): string {
    return `muster-${this.number}-${index}`;
  }

  async #take(): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('select pg_advisory_lock($1, $2)', [LIVING, this.number]);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#client = client;
    client.once('end', () => this.#lost(client));
  }

  #lost(client: pg.PoolClient): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.release(true);
    this.#takeLater();
  }

  #takeLater(): void {
    if (this.#ended || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#take().catch(() => this.#takeLater());
    }, AGAIN_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    if (this.#timer) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    // The lock goes with its connection.
    client?.release(true);
  }
}

/** Frees the jobs of servers that are gone. `own` is the number of this server, which lives. */
export async function releaseJobsOfTheDead(pool: pg.Pool, own: number): Promise<void> {
  const { rows } = await pool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  );
  const dead: string[] = [];
  for (const { locked_by: worker } of rows) {
    const number = Number(/^muster-(\d+)-/.exec(worker)?.[1] ?? 0);
    if (number !== own && (await isDead(pool, number))) dead.push(worker);
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
