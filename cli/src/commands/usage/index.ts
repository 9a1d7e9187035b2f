import type { Command } from 'commander';
import { command } from '../../command.ts';
import { rowsCommand } from './rows.ts';
import { showCommand } from './show.ts';

export const usageCommands = (): Command =>
  command('usage', 'What the organization uses.').addCommand(showCommand()).addCommand(rowsCommand());
