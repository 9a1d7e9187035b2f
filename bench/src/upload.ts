import { execFile } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RecordService } from '@muster/api/record';
import { must } from './figure.ts';
import type { Comparison, World } from './figure.ts';
import { interleaved } from './rounds.ts';

const MIB = 2 ** 20;
const SIZE = 1024 * MIB;
const run = promisify(execFile);

/** 1 GiB that nobody has seen before: `muster record upload`, beside `dd conv=fsync` and then `sha256sum`. */
export async function upload(world: World): Promise<Comparison[]> {
  const free = await statfs(world.muster.dataDir);
  const needed = (world.rounds + 4) * SIZE;
  must(
    free.bavail * free.bsize > needed,
    `${world.muster.dataDir} needs ${needed / 1e9} GB of room: choose another --folder.`,
  );
  const folder = await mkdtemp(join(world.muster.dataDir, 'files-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  const source = join(folder, 'drive.bin');
  let made = -1;
  /** Both contenders of a round get the same file; it is in the page cache for both, and written out before. */
  const fresh = async (round: number): Promise<void> => {
    if (made === round) return;
    await writeRandom(source);
    made = round;
  };
  const rounds = await interleaved(world.rounds, {
    ours: async (round) => {
      await fresh(round);
      return throughMuster(world, source);
    },
    peer: async (round) => {
      await fresh(round);
      return throughDisk(source, join(folder, 'copy.bin'));
    },
  });
  return [
    {
      title: 'Upload of 1 GiB',
      unit: 'MB/s',
      ours: 'muster record upload of one file: hashed, sent in parts of 16 MiB over tus, hashed again, each part synced',
      peer: 'dd bs=1M conv=fsync of the same file, then sha256sum of the copy',
      goal: { atLeast: 0.6 },
      rounds,
    },
  ];
}

/** Random bytes cannot be compressed or guessed, and no round's are another's. */
async function writeRandom(path: string): Promise<void> {
  await using file = await open(path, 'w');
  const block = Buffer.alloc(16 * MIB);
  for (let done = 0; done < SIZE; done += block.length) await file.write(randomFillSync(block));
  await file.sync();
}

async function throughMuster(world: World, source: string): Promise<number> {
  const path = `/${RecordService.typeName}/${RecordService.method.createRecord.name}`;
  const record = await world.muster.call(path, { parent: `projects/${world.small.id}`, title: 'One long drive' });
  must(typeof record === 'object' && record !== null && 'name' in record, 'a created record has a name');
  const began = performance.now();
  const answer = await world.muster.command('record', 'upload', String(record.name), source);
  const seconds = (performance.now() - began) / 1000;
  const listed = await world.muster.command('record', 'file', 'list', String(record.name));
  const { stdout } = await run('sha256sum', [source]);
  const sha256 = stdout.slice(0, 64);
  must(JSON.stringify(answer).includes(sha256), `the upload answered ${JSON.stringify(answer)} for ${sha256}`);
  must(JSON.stringify(listed).includes(sha256), `the record lists ${JSON.stringify(listed)} for ${sha256}`);
  return SIZE / 1e6 / seconds;
}

async function throughDisk(source: string, copy: string): Promise<number> {
  const began = performance.now();
  await run('dd', [`if=${source}`, `of=${copy}`, 'bs=1M', 'conv=fsync']);
  const { stdout } = await run('sha256sum', [copy]);
  const seconds = (performance.now() - began) / 1000;
  must(/^[0-9a-f]{64} /.test(stdout), 'sha256sum answers a hash');
  await rm(copy);
  return SIZE / 1e6 / seconds;
}
