/**
 * `npm run bench`: measures Muster beside its peers, in one run, and prints the ratios. A wrong answer ends it with a
 * sentence and a code other than zero; a goal that is not met is in the table.
 */
import { accessSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Comparison, Figure, World } from './figure.ts';
import { describeMachine } from './machine.ts';
import { Muster } from './muster.ts';
import { pointRead } from './point-read.ts';
import { recordList } from './record-list.ts';
import { recordScale } from './record-scale.ts';
import { printReport } from './report.ts';
import { seedProject } from './seed.ts';
import { upload } from './upload.ts';

const FIGURES: Readonly<Record<string, Figure>> = {
  'point-read': pointRead,
  upload,
  'record-list': recordList,
  'record-scale': recordScale,
};

const HELP = `npm run bench -- [--json] [--rounds 5] [--folder /var/tmp] [--only ${Object.keys(FIGURES).join('|')}]…\n`;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: '/var/tmp' },
    only: { type: 'string', multiple: true, default: Object.keys(FIGURES) },
  },
});

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

async function run(cleanup: AsyncDisposableStack): Promise<void> {
  const began = performance.now();
  accessSync(options.folder);
  say('Muster starts, and a project gets 1,000,000 records.');
  const muster = cleanup.use(await Muster.start(options.folder));
  const owner = new pg.Client({ connectionString: muster.databaseUrl, options: '-c search_path=muster' });
  await owner.connect();
  cleanup.defer(() => owner.end());
  const world: World = {
    muster,
    owner,
    rounds: Number(options.rounds),
    large: await seedProject(muster, owner, 'large', 1_000_000),
    small: await seedProject(muster, owner, 'small', 10_000),
  };
  await owner.query('vacuum (analyze) records');
  const machine = await describeMachine(owner);
  const comparisons: Comparison[] = [];
  for (const [name, figure] of Object.entries(FIGURES)) {
    if (!options.only.includes(name)) continue;
    say(`${name}: ${options.rounds} rounds`);
    comparisons.push(...(await figure(world)));
  }
  printReport({ machine, comparisons, seconds: (performance.now() - began) / 1000 }, options.json);
}

/** Takes everything away again however the run ends. */
async function runAndClean(): Promise<void> {
  await using cleanup = new AsyncDisposableStack();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void cleanup.disposeAsync().finally(() => process.exit(1)));
  await run(cleanup);
}

if (options.help) process.stdout.write(HELP);
else
  await runAndClean().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
