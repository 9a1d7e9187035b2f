import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printJson, table } from '../../output.ts';
import { findFiles } from '../../transfer/find-files.ts';
import { openProgress } from '../../transfer/progress.ts';
import { uploadAll } from '../../transfer/upload.ts';
import { listFiles } from '../file/list.ts';

export const uploadCommand = (): Command =>
  command(
    'upload <record> <paths...>',
    'Upload files and folders. A folder gives its content, with the paths below it; a file its own name. Run it again after a break and it goes on.',
    'muster record upload projects/…/records/… ./drive.mcap',
    'muster record upload projects/…/records/… ./recordings -o json',
  ).action(async (record: string, paths: string[], _own: object, self: Command) => {
    const { session: open, options } = session(self);
    const files = await findFiles(paths);
    const there = new Map((await listFiles(open, record)).map((file) => [file.path, file.sha256]));
    const progress = openProgress(files.reduce((sum, file) => sum + file.size, 0));
    const results = await uploadAll({ url: open.url, token: open.token, record, there }, files, progress).finally(() =>
      progress.stop(),
    );
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
