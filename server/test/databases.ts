import pg from 'pg';
import { inject } from 'vitest';
import { ensureDatabase } from '../src/platform/db/migrate.ts';
import { openPools } from '../src/platform/db/pools.ts';
import type { Pools } from '../src/platform/db/pools.ts';
import { openLog } from '../src/platform/log.ts';

export interface EmptyDatabase extends AsyncDisposable {
  readonly url: string;
  /** Another set of connections to it, as another server would have. */
  pools(): Pools;
}

let counter = 0;

/** An empty database beside the template of this run, made as the server makes its own. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const template = inject('postgresUrl');
  const name = `empty_${process.pid}_${counter++}`;
  const url = template.replace(/muster$/, name);
  await ensureDatabase(url);
  const open: Pools[] = [];
  return {
    url,
    pools: () => {
      const pools = openPools(url, openLog('error'));
      open.push(pools);
      return pools;
    },
    [Symbol.asyncDispose]: async () => {
      for (const pools of open) await pools[Symbol.asyncDispose]();
      const client = new pg.Client({ connectionString: template.replace(/muster$/, 'postgres') });
      await client.connect();
      await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
    },
  };
}

/** Everything that a schema says, one line each: columns, constraints, indexes, policies, functions, triggers, rights, comments. */
const SCHEMA = `
  select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
      a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'muster'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  union all select concat_ws(' ', 'table', relname, relrowsecurity, relforcerowsecurity, relacl, obj_description(oid))
    from pg_class where relnamespace = 'muster'::regnamespace and relkind = 'r'
  union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'muster'::regnamespace
  union all select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'muster'
  union all select concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check)
    from pg_policies where schemaname = 'muster'
  union all select concat_ws(' ', 'function', pg_get_functiondef(oid), proacl)
    from pg_proc where pronamespace = 'muster'::regnamespace
  union all select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid))
    from pg_trigger t join pg_class c on c.oid = tgrelid where not tgisinternal and c.relnamespace = 'muster'::regnamespace
  order by 1`;

export async function schemaOf(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(SCHEMA);
  return rows.map(({ line }) => line);
}
