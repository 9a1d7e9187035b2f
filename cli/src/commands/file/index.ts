import type { Command } from 'commander';
import { command } from '../../command.ts';
import { deleteCommand } from './delete.ts';
import { listCommand } from './list.ts';

export const fileCommands = (): Command =>
  command('file', 'Files of a record.').addCommand(listCommand()).addCommand(deleteCommand());
