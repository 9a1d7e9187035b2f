import type { Command } from 'commander';
import { command } from '../../command.ts';
import { listCommand } from './list.ts';

export const accessTokenCommands = (): Command =>
  command(
    'access-token',
    'Access tokens. They are made and revoked in the console: Personal Settings, Security.',
  ).addCommand(listCommand());
