import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type pg from 'pg';

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** Load average of the last minute before the first figure: the seeding of the records is in it. */
  readonly load: number;
}

export async function describeMachine(owner: pg.Client): Promise<Machine> {
  const { rows } = await owner.query<{ server_version: string }>('show server_version');
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    postgres: rows[0]?.server_version ?? 'unknown',
    load: Number(loadavg()[0]?.toFixed(2)),
  };
}
