import { RecordService } from '@muster/api/record';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { beginUpload, makeTenant } from '../../../test/tenant.ts';
import type { Tenant } from '../../../test/tenant.ts';
import type { Database } from './pools.ts';

/** Tables of the instance: people and how they sign in. Every other table belongs to an organization. */
const OF_THE_INSTANCE = [
  'account_addresses',
  'accounts',
  'request_keys',
  'sessions',
  'sign_in_attempts',
  'sign_in_codes',
  'slug_checks',
];
/** Whether a slug is taken is the one thing everybody may know of everybody. */
const SEEN_BY_ALL = new Set(['organization_slugs']);
/** What may look across tenants, on behalf of the caller only. Another one is a hole in the wall, or needs a line here. */
const ACROSS_TENANTS = new Set(['access_facts', 'add_job', 'entry', 'organizations_of']);
const DENIED = '42501';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns that a statement may set. */
  readonly settable: readonly string[];
}

let server: TestServer;
let home: Tenant;
let other: Tenant;
let tables: Table[];
let tenantTables: Table[];

/** A tenant with a row in every table. */
async function fill(email: string): Promise<Tenant> {
  const tenant = await makeTenant(server, email);
  const record = await server
    .client(RecordService, tenant.admin)
    .createRecord({ parent: tenant.project.name, title: 'x' });
  await beginUpload(server, tenant.admin, {
    record: record.name,
    path: 'drive.mcap',
    bytes: email,
    length: email.length,
  });
  return tenant;
}

beforeAll(async () => {
  server = await startServer();
  home = await fill('home@acme.example');
  other = await fill('other@other.example');
  const { rows } = await server.owner.query<Table>(`
    select c.relname as name, array_agg(a.attname::text) as columns,
      array_agg(a.attname::text) filter (where a.attgenerated = '' and a.attidentity = '') as settable
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'muster'::regnamespace and c.relkind in ('r', 'p', 'm', 'v') group by 1 order by 1`);
  tables = rows;
  tenantTables = rows.filter(({ columns }) => columns.includes('organization_id'));
});
afterAll(() => server[Symbol.asyncDispose]());

const homeId = (): string => idOf(home.organization.name);
const otherId = (): string => idOf(other.organization.name);

/** Runs as the server's role with a tenant set, and takes everything back. */
async function asTenant<T>(organizationId: string, work: (db: Database) => Promise<T>): Promise<T> {
  const undo = new Error('undo');
  let result: T | undefined;
  let done = false;
  await server.platform.db
    .transaction()
    .execute(async (db) => {
      await sql`select set_config('muster.organization_id', ${organizationId}, true)`.execute(db);
      result = await work(db);
      done = true;
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (!done) throw new Error('the work did not end');
  return result as T; // It was set: `done` says so.
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : `no error of the database: ${String(error)}`;

/** SQLSTATE of the refusal, or how many rows were touched. */
const attempt = (
  organizationId: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<string | bigint> =>
  asTenant(organizationId, async (db) => {
    const result = await db.executeQuery(CompiledQuery.raw(statement, [...values]));
    return result.numAffectedRows ?? BigInt(result.rows.length);
  }).catch(codeOf);

describe('the role of the server', () => {
  test('is no superuser, owns nothing and cannot pass row-level security', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select current_user as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`.execute(server.platform.db);
    expect(rows).toEqual([
      {
        name: 'muster_server',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        rolreplication: false,
        owned: 0,
      },
    ]);
  });

  test('changes no schema, no queue and no list of migrations', async () => {
    for (const statement of [
      'create table muster.mine (x int)',
      'alter table muster.events disable row level security',
      'drop policy tenant on muster.records',
      'truncate muster.events',
      'select * from graphile_worker.jobs',
      'select * from muster_migrations.kysely_migration',
      'alter role muster_server bypassrls',
    ])
      expect(await attempt(homeId(), statement), statement).toBe(DENIED);
  });

  test('looks across tenants through its few functions only, and nobody else may call them', async () => {
    const { rows } = await server.owner.query<{ name: string; path: string; public: boolean }>(`
      select proname as name, coalesce(proconfig::text, '') as path, has_function_privilege('public', oid, 'execute') as public
      from pg_proc where pronamespace = 'muster'::regnamespace and prosecdef order by 1`);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.map(({ name }) => name).filter((name) => !ACROSS_TENANTS.has(name))).toEqual([]);
    for (const row of rows) {
      expect(row.path, row.name).toContain('search_path=');
      expect(row.path, row.name).toContain('pg_temp');
      expect(row.public, row.name).toBe(false);
    }
  });
});

describe('tables', () => {
  test('belong to an organization, but for those of the instance', () => {
    const free = tables.filter(({ columns }) => !columns.includes('organization_id'));
    expect(free.map(({ name }) => name)).toEqual(OF_THE_INSTANCE);
    expect(tenantTables.length).toBeGreaterThan(14);
  });

  test('have forced row-level security, the organization in their key, and a comment on each column', async () => {
    const { rows } = await server.owner.query<{ name: string; forced: boolean; required: boolean; keyed: boolean }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        a.attnotnull or a.attgenerated <> '' as required,
        exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as keyed
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relnamespace = 'muster'::regnamespace and c.relkind = 'r'`);
    expect(rows).toHaveLength(tenantTables.length);
    expect(rows.filter(({ forced, required }) => !forced || !required)).toEqual([]);
    // Their keys are unique over all organizations, as slugs and the ids of organizations are.
    expect(
      rows
        .filter(({ keyed }) => !keyed)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['organization_slugs', 'organizations']);
    const { rows: silent } = await server.owner.query<{ column: string }>(`
      select c.relname || '.' || a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'muster'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)`);
    expect(silent).toEqual([]);
  });

  test('are all filled for two tenants, so that what follows proves something', async () => {
    const empty: string[] = [];
    for (const { name } of tenantTables)
      for (const id of [homeId(), otherId()]) {
        const { rowCount } = await server.owner.query(`select from muster.${name} where organization_id = $1`, [id]);
        if (!rowCount) empty.push(name);
      }
    expect(empty).toEqual([]);
  });
});

describe('with one tenant set', () => {
  test('no row of another is read, changed, deleted or locked, in any table', async () => {
    for (const { name, settable } of tenantTables) {
      const foreign = 'where organization_id <> $1';
      const own = await attempt(homeId(), `select 1 from muster.${name} where organization_id = $1`, [homeId()]);
      expect(Number(own), name).toBeGreaterThan(0);
      if (!SEEN_BY_ALL.has(name)) {
        expect(await attempt(homeId(), `select 1 from muster.${name} ${foreign}`, [homeId()]), name).toBe(0n);
        const all = await attempt(homeId(), `select 1 from muster.${name}`);
        expect(all, name).toBe(own);
      }
      const column = settable.at(-1) ?? '';
      for (const statement of [
        `update muster.${name} set "${column}" = "${column}" ${foreign}`,
        `delete from muster.${name} ${foreign}`,
        `select 1 from muster.${name} ${foreign} for update`,
      ])
        expect([0n, DENIED], statement).toContain(await attempt(homeId(), statement, [homeId()]));
    }
  });

  test('no row can be written for another, nor moved to another, in any table', async () => {
    for (const { name, settable } of tenantTables) {
      const { rows } = await server.owner.query<{ row: string }>(
        `select to_jsonb(t)::text as row from muster.${name} t where organization_id = $1 limit 1`,
        [otherId()],
      );
      const list = settable.map((column) => `"${column}"`).join(', ');
      const copy = `insert into muster.${name} (${list}) select ${list} from jsonb_populate_record(null::muster.${name}, $1::jsonb)`;
      expect(await attempt(homeId(), copy, [rows[0]?.row]), name).toBe(DENIED);
      const key = settable.includes('organization_id') ? 'organization_id' : 'id';
      const move = `update muster.${name} set ${key} = $1 where organization_id = $2`;
      expect(await attempt(homeId(), move, [otherId(), homeId()]), name).toBe(DENIED);
    }
  });

  test('without a tenant there is no row of anybody', async () => {
    for (const { name } of tenantTables.filter((table) => !SEEN_BY_ALL.has(table.name)))
      expect(await attempt('', `select 1 from muster.${name}`), name).toBe(0n);
  });

  test('a connection keeps no tenant of the request before it', async () => {
    await server.client(RecordService, home.admin).listRecords({ parent: home.project.name });
    for (let round = 0; round < 10; round++) {
      const answer = await server
        .client(RecordService, other.admin)
        .getRecord({ name: `${home.project.name}/records/${home.things.record}` })
        .catch((error: unknown) => String(error));
      expect(answer).toContain('not_found');
    }
  });
});

test('what happened cannot be changed or taken back by the server, in its own tenant either', async () => {
  for (const table of ['events', 'event_people', 'usage_ledger'])
    for (const statement of [
      `update muster.${table} set organization_id = organization_id`,
      `delete from muster.${table}`,
      `truncate muster.${table} cascade`,
    ])
      expect(await attempt(homeId(), statement), statement).toBe(DENIED);
});
