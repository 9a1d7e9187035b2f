import pg from 'pg';
import { must } from './figure.ts';
import type { Comparison, World } from './figure.ts';
import { medianLatency } from './latency.ts';
import { PAGE, expectedNames, pageCall, tokenAt } from './record-page.ts';
import { interleaved } from './rounds.ts';

const MILLISECONDS = 1500;

const COLUMNS = `select r.id, r.project_id, r.title, r.description, r.file_count, r.byte_size, r.playable_ns, r.start_ns,
    r.end_ns, r.version, r.create_time, r.update_time, r.delete_time, r.purge_time, a.display_name as creator
  from records r join accounts a on a.id = r.creator_id
  where r.organization_id = $1 and r.project_id = $2 and r.delete_time is null`;
const ORDER = `order by r.create_time desc, r.id desc limit ${PAGE + 1}`;

/** A page of 50 of 1,000,000 records through Connect JSON, beside the bare rows of the same SQL through `pg`. */
export async function recordList(world: World): Promise<Comparison[]> {
  const half = world.large.records / 2;
  return [
    await onePage(world, 'List of 1,000,000, first page', 0),
    await onePage(world, `List of 1,000,000, page at ${half.toLocaleString('en')}`, half),
  ];
}

async function onePage(world: World, title: string, position: number): Promise<Comparison> {
  const expected = await expectedNames(world, world.large, position);
  must(expected.length === PAGE, 'a whole page is there');
  using page = pageCall(world, world.large, await tokenAt(world, world.large, position), expected);
  const sql = await rawPage(world, position, expected);
  await using _ = { [Symbol.asyncDispose]: () => sql.end() };
  const rounds = await interleaved(world.rounds, {
    ours: () => medianLatency(page.call, MILLISECONDS),
    peer: () => medianLatency(sql.call, MILLISECONDS),
  });
  return {
    title,
    unit: 'ms a page',
    ours: 'ListRecords through Connect JSON over HTTP/1.1, page of 50',
    peer: 'the same rows by one parametrised SQL query through pg, no HTTP and no JSON',
    goal: { atMost: 2 },
    rounds,
  };
}

/** One connection as the owner, to whom row-level security does not apply. */
async function rawPage(
  world: World,
  position: number,
  expected: readonly string[],
): Promise<{ call(this: void): Promise<void>; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: world.muster.databaseUrl, options: '-c search_path=muster' });
  await client.connect();
  const values: unknown[] = [world.large.organizationId, world.large.id];
  let text = `${COLUMNS} ${ORDER}`;
  if (position > 0) {
    const { rows } = await client.query<{ create_time: Date; id: string }>(
      `select create_time, id from records where organization_id = $1 and project_id = $2 and delete_time is null
       order by create_time desc, id desc offset $3 limit 1`,
      [...values, position - 1],
    );
    values.push(rows[0]?.create_time, rows[0]?.id);
    text = `${COLUMNS} and (r.create_time, r.id) < ($3, $4) ${ORDER}`;
  }
  return {
    call: async () => {
      const { rows } = await client.query<{ id: string }>(text, values);
      must(rows.length === PAGE + 1 && (expected[0] ?? '').endsWith(rows[0]?.id ?? '?'), 'the same page by SQL');
    },
    end: () => client.end(),
  };
}
