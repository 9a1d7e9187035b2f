import { RecordSchema, RecordService } from '@muster/api/record';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { recordColumns } from './columns.ts';

export const showCommand = (): Command =>
  command('show <record>', 'One record.', 'muster record show projects/…/records/…').action(
    async (name: string, _own: object, self: Command) => {
      const { session: open, options } = session(self);
      printOne(options, RecordSchema, await open.client(RecordService).getRecord({ name }), recordColumns);
    },
  );
