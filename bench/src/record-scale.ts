import type { Comparison, World } from './figure.ts';
import { medianLatency } from './latency.ts';
import { expectedNames, pageCall, tokenAt } from './record-page.ts';
import { interleaved } from './rounds.ts';
import type { Project } from './seed.ts';

const MILLISECONDS = 1500;

/** The same page of the same list in a project of 1,000,000 records, beside one of 10,000. */
export async function recordScale(world: World): Promise<Comparison[]> {
  return [await onePage(world, 'first page', () => 0), await onePage(world, 'page in the middle', (all) => all / 2)];
}

async function onePage(world: World, which: string, position: (records: number) => number): Promise<Comparison> {
  const open = async (project: Project): Promise<ReturnType<typeof pageCall>> => {
    const at = position(project.records);
    return pageCall(world, project, await tokenAt(world, project, at), await expectedNames(world, project, at));
  };
  using large = await open(world.large);
  using small = await open(world.small);
  const rounds = await interleaved(world.rounds, {
    ours: () => medianLatency(large.call, MILLISECONDS),
    peer: () => medianLatency(small.call, MILLISECONDS),
  });
  return {
    title: `1,000,000 to 10,000 records, ${which}`,
    unit: 'ms a page',
    ours: 'ListRecords in the project of 1,000,000, page of 50',
    peer: 'ListRecords in the project of 10,000, page of 50',
    goal: { atMost: 1.5 },
    rounds,
  };
}
