import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, waitFor } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { releaseJobsOfTheDead } from './locks.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The lock that says that the server lives: its number, and the process of PostgreSQL that holds it. */
async function life(): Promise<{ number: number; pid: number } | undefined> {
  const { rows } = await server.owner.query<{ number: string; pid: number }>(
    "select objid::text as number, pid from pg_locks where locktype = 'advisory' and classid = $1 and granted and database = (select oid from pg_database where datname = current_database())",
    [0x6d75],
  );
  return rows[0] && { number: Number(rows[0].number), pid: rows[0].pid };
}

/** A job that a worker has taken and not ended, as a server leaves it that was killed. */
async function takenJob(email: string, worker: string): Promise<void> {
  const payload = {
    sealed: server.platform.keys.seal(JSON.stringify({ address: email, code: '123456' })),
    networkAddress: '',
    client: '',
    time: server.clock.now().toISOString(),
  };
  await server.owner.query('select graphile_worker.add_job($1, $2::json, run_at => $3)', [
    'send-sign-in-code',
    JSON.stringify(payload),
    new Date(Date.now() + 60_000),
  ]);
  await server.owner.query(
    'update graphile_worker._private_jobs set locked_by = $1, locked_at = now(), run_at = now() where locked_by is null and run_at > now()',
    [worker],
  );
}

const isSent = (email: string): boolean => server.shown.some((line) => line.includes(` ${email}:`));

it('takes over a job of a server that is dead', async () => {
  await takenJob('dead@example.com', 'muster-4711-0');
  await takenJob('unnamed@example.com', 'worker-of-another-time');
  await releaseJobsOfTheDead(server.owner, (await life())?.number ?? 0);
  const sent = await waitFor(() => (isSent('dead@example.com') ? server.shown : null));
  expect(sent).toContain('Sign-in code for dead@example.com: 123456');
  await waitFor(() => (isSent('unnamed@example.com') ? true : null));
});

it('leaves the job of a server that lives, its own and another one', async () => {
  const own = (await life())?.number ?? 0;
  const other = await server.owner.connect();
  try {
    await other.query('select pg_advisory_lock($1, 4712)', [0x6d75]);
    await takenJob('own@example.com', `muster-${own}-0`);
    await takenJob('other@example.com', 'muster-4712-0');
    await releaseJobsOfTheDead(server.owner, own);
    const { rows } = await server.owner.query('select locked_by from graphile_worker.jobs order by id');
    expect(rows).toEqual([{ locked_by: `muster-${own}-0` }, { locked_by: 'muster-4712-0' }]);
  } finally {
    await other.query('select pg_advisory_unlock_all()');
    other.release();
  }
  await releaseJobsOfTheDead(server.owner, own);
  await waitFor(() => (isSent('other@example.com') ? true : null));
  expect(isSent('own@example.com')).toBe(false);
});

it('lives on under the same name when its connection breaks', async () => {
  const before = await life();
  await server.owner.query('select pg_terminate_backend($1)', [before?.pid]);
  const after = await waitFor(async () => {
    const now = await life();
    return now && now.pid !== before?.pid ? now : null;
  });
  expect(after.number).toBe(before?.number);
});
