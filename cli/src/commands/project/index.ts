import type { Command } from 'commander';
import { command } from '../../command.ts';
import { createCommand } from './create.ts';
import { listCommand } from './list.ts';
import { showCommand } from './show.ts';

export const projectCommands = (): Command =>
  command('project', 'Projects: where recordings live.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand());
