import type { Command } from 'commander';
import { command } from '../../command.ts';
import { listCommand } from './list.ts';
import { showCommand } from './show.ts';

export const organizationCommands = (): Command =>
  command('organization', 'Organizations.').addCommand(showCommand()).addCommand(listCommand());
