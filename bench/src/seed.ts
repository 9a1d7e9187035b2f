import type pg from 'pg';
import type { Muster } from './muster.ts';
import { must } from './figure.ts';

export interface Project {
  readonly organizationId: string;
  readonly id: string;
  readonly records: number;
}

/** Makes a project and fills it with `records` records, one a second until now, by one statement. */
export async function seedProject(muster: Muster, owner: pg.Client, slug: string, records: number): Promise<Project> {
  const made = await muster.command('project', 'create', '--slug', slug, '--name', slug);
  must(typeof made === 'object' && made !== null && 'name' in made, 'a created project has a name');
  const id = String(made.name).replace('projects/', '');
  const { rows } = await owner.query<{ organization_id: string }>(
    'select organization_id from projects where id = $1',
    [id],
  );
  await owner.query('begin');
  // A million rows at once: the counter is set by one statement instead of a million triggers, and the rows that are
  // referred to are those of this very statement.
  await owner.query('set local session_replication_role = replica');
  await owner.query(
    `insert into records (organization_id, id, project_id, title, description, creator_id, file_count, byte_size,
        playable_ns, start_ns, end_ns, create_time, update_time)
     select p.organization_id, made.id, p.id, 'Drive ' || made.n || ' on the test track',
        'Dry road, light wind, two laps. Driver ' || made.n % 17, p.creator_id, 1 + made.n % 5, (1 + made.n % 5) * 734003200::bigint,
        (1 + made.n % 5) * 60000000000::bigint, made.ns, made.ns + (1 + made.n % 5) * 60000000000::bigint, made.time, made.time
     from projects p, lateral (
       select n, id, uuid_extract_timestamp(id) as time, (extract(epoch from uuid_extract_timestamp(id)) * 1000000000)::bigint as ns
       from (select n, uuidv7(make_interval(secs => n - $2)) as id from generate_series(1, $2::integer) n)
     ) made
     where p.id = $1`,
    [id, records],
  );
  await owner.query(
    'update projects set record_count = (select count(*) from records where project_id = $1) where id = $1',
    [id],
  );
  await owner.query('commit');
  return { organizationId: rows[0]?.organization_id ?? '', id, records };
}
