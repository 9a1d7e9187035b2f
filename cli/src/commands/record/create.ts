import { randomUUID } from 'node:crypto';
import { RecordSchema, RecordService } from '@muster/api/record';
import type { Command } from 'commander';
import { projectName } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { recordColumns } from './columns.ts';

interface Own {
  readonly project: string;
  readonly title: string;
  readonly description: string;
}

export const createCommand = (): Command =>
  command(
    'create',
    'Create an empty record. Its JSON has the resource name in "name".',
    'muster record create --project fp --title "Outdoor drive" -o json',
  )
    .requiredOption('--project <project>', 'id or resource name of the project')
    .requiredOption('--title <title>', 'one line, 255 characters at most')
    .option('--description <text>', 'Markdown', '')
    .action(async (own: Own, self: Command) => {
      const { session: open, options } = session(self);
      const record = await open.client(RecordService).createRecord({
        parent: projectName(own.project),
        title: own.title,
        description: own.description,
        requestId: randomUUID(),
      });
      printOne(options, RecordSchema, record, recordColumns);
    });
