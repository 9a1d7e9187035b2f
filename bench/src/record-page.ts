import { RecordService } from '@muster/api/record';
import { must } from './figure.ts';
import type { World } from './figure.ts';
import { keptAlive, parseList } from './latency.ts';
import type { Project } from './seed.ts';

const PATH = `/${RecordService.typeName}/${RecordService.method.listRecords.name}`;
export const PAGE = 50;
/** Size of the pages on the way to a place deep inside. */
const STRIDE = 1000;

/** Ids of a project's records in the order of the list, from a position on: what every contender has to answer. */
export async function expectedNames(world: World, project: Project, position: number): Promise<string[]> {
  const { rows } = await world.owner.query<{ id: string }>(
    `select id from records where project_id = $1 and delete_time is null
     order by create_time desc, id desc offset $2 limit $3`,
    [project.id, position, PAGE],
  );
  return rows.map((row) => `projects/${project.id}/records/${row.id}`);
}

/** The token of the page that begins at a position, by turning pages until there. */
export async function tokenAt(world: World, project: Project, position: number): Promise<string> {
  using client = keptAlive(world.muster.url + PATH, world.muster.headers);
  let pageToken = '';
  for (let passed = 0; passed < position; passed += STRIDE) {
    const pageSize = Math.min(STRIDE, position - passed);
    const page = parseList(
      await client.post(JSON.stringify({ parent: `projects/${project.id}`, pageSize, pageToken })),
    );
    pageToken = page.nextPageToken;
    must(page.names.length === pageSize && pageToken !== '', `the list ended before position ${position}`);
  }
  return pageToken;
}

/** A call of the list for one page, which is checked each time. */
export function pageCall(
  world: World,
  project: Project,
  pageToken: string,
  expected: readonly string[],
): Disposable & { call(this: void): Promise<void> } {
  const client = keptAlive(world.muster.url + PATH, world.muster.headers);
  const body = JSON.stringify({ parent: `projects/${project.id}`, pageSize: PAGE, pageToken });
  const [first = '', last = ''] = [expected[0], expected.at(-1)];
  let checked = false;
  return {
    call: async () => {
      const text = await client.post(body);
      if (!checked) must(parseList(text).names.join() === expected.join(), `another page than ${first}…`);
      checked = true;
      must(text.includes(first) && text.includes(last), `another page than ${first}…`);
    },
    [Symbol.dispose]: () => client[Symbol.dispose](),
  };
}
