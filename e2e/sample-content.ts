import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MUSTER, fixture } from './harness.ts';
import type { Muster } from './harness.ts';

const run = promisify(execFile);

const PROJECTS = [
  { slug: 'wns', name: 'Warehouse night shift' },
  { slug: 'lidar', name: 'Lidar calibration' },
  { slug: 'docking', name: 'Docking' },
];

const RECORDS = [
  { project: 'wns', title: 'Aisle 7, pallet jack blocked the path', files: ['example.bag', 'example-lz4.bag'] },
  { project: 'wns', title: 'Battery swap at dock 3', files: ['example-bz2.bag'] },
  { project: 'lidar', title: 'Static room, new mount', files: ['test_sample.mcap'] },
  { project: 'docking', title: 'Missed dock, reflection from the door', files: ['test_unindexed.bag'] },
];

/** Puts more projects and records into an organization, by the command line. */
export async function addSampleContent(muster: Muster, token: string): Promise<void> {
  const env = { ...muster.environment, MUSTER_TOKEN: token };
  for (const { slug, name } of PROJECTS)
    await run(MUSTER, ['project', 'create', '--slug', slug, '--name', name], { env });
  for (const { project, title, files } of RECORDS) {
    const { stdout } = await run(MUSTER, ['record', 'create', '--project', project, '--title', title, '-o', 'json'], {
      env,
    });
    // The shape is the command's own documented output.
    const record = JSON.parse(stdout) as { name: string };
    await run(MUSTER, ['record', 'upload', record.name, ...files.map(fixture)], { env });
  }
}
