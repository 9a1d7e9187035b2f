import { RecordSchema, RecordService } from '@muster/api/record';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { recordColumns } from './columns.ts';

export const deleteCommand = (): Command =>
  command(
    'delete <record>',
    'Move a record to the trash; it stays there for 7 days.',
    'muster record delete projects/…/records/…',
  ).action(async (name: string, _own: object, self: Command) => {
    const { session: open, options } = session(self);
    printOne(options, RecordSchema, await open.client(RecordService).deleteRecord({ name }), recordColumns);
  });
