import type { Command } from 'commander';
import { command } from '../../command.ts';
import { fileCommands } from '../file/index.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { downloadCommand } from './download.ts';
import { listCommand } from './list.ts';
import { restoreCommand } from './restore.ts';
import { showCommand } from './show.ts';
import { uploadCommand } from './upload.ts';

export const recordCommands = (): Command =>
  [
    createCommand(),
    listCommand(),
    showCommand(),
    uploadCommand(),
    downloadCommand(),
    deleteCommand(),
    restoreCommand(),
    fileCommands(),
  ].reduce((all, one) => all.addCommand(one), command('record', 'Records: the files of one situation.'));
