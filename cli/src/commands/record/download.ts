import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printJson, table } from '../../output.ts';
import { downloadAll } from '../../transfer/download.ts';
import { openProgress } from '../../transfer/progress.ts';
import { listFiles } from '../file/list.ts';

export const downloadCommand = (): Command =>
  command(
    'download <record> <folder>',
    'Download all files of a record and compare their hashes. Run it again after a break and it goes on.',
    'muster record download projects/…/records/… ./copy',
  ).action(async (record: string, folder: string, _own: object, self: Command) => {
    const { session: open, options } = session(self);
    const files = await listFiles(open, record);
    const progress = openProgress(files.reduce((sum, file) => sum + Number(file.byteSize), 0));
    const results = await downloadAll(open, folder, files, progress).finally(() => progress.stop());
    if (options.output === 'json') printJson({ files: results });
    else
      process.stdout.write(
        `${table(
          ['path', 'result', 'sha256'],
          results.map((result) => [result.path, result.problem || result.state, result.sha256.slice(0, 12)]),
        )}\n`,
      );
    if (results.some((result) => result.state === 'failed')) process.exitCode = 1;
  });
