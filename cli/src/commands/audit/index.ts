import type { Command } from 'commander';
import { command } from '../../command.ts';
import { listCommand } from './list.ts';
import { verifyCommand } from './verify.ts';

export const auditCommands = (): Command =>
  command('audit', 'The audit log.').addCommand(listCommand()).addCommand(verifyCommand());
