import type { TestServer } from './harness.ts';

/** Columns that tell when something was last used: looking at a thing is not changing it. */
const TOUCHED = ['last_use_time'];
/** Tables that count tries, of which a refused one is one, and questions. */
const TRIES = new Set(['sign_in_attempts', 'slug_checks']);
/** Refused and failed acts leave an event; everything else of the log is part of the comparison. */
const LOG: Record<string, string> = {
  events: "t.outcome = 'done'",
  event_people:
    "exists (select from muster.events e where e.organization_id = t.organization_id and e.seq = t.seq and e.outcome = 'done')",
  event_chains: 'false',
};

/** One digest for each table of every tenant and of the instance, as the owner of the tables sees them. */
export async function digestOfRows(server: TestServer): Promise<Record<string, string>> {
  const tables = await server.owner.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'muster'::regnamespace and relkind = 'r' order by 1",
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables.rows.filter((table) => !TRIES.has(table.name))) {
    const { rows } = await server.owner.query<{ digest: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(line, '|' order by line), '')) as digest
         from (select (to_jsonb(t) - $1::text[])::text as line from muster.${name} t where ${LOG[name] ?? 'true'}) lines`,
      [TOUCHED],
    );
    digests[name] = rows[0]?.digest ?? '';
  }
  const { rows } = await server.owner.query<{ count: string }>(
    "select count(*)::text as count from graphile_worker.jobs where task_identifier not in ('sweep', 'sweep-orphans', 'forget-old', 'recount')",
  );
  return { ...digests, 'jobs of requests': rows[0]?.count ?? '' };
}
