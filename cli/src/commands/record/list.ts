import { RecordSchema, RecordService } from '@muster/api/record';
import type { Command } from 'commander';
import { allPages, collect, projectName } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';
import { recordColumns } from './columns.ts';

interface Own {
  readonly project: string;
  readonly search: string;
  readonly trash?: boolean;
  readonly limit?: string;
}

export const listCommand = (): Command =>
  command(
    'list',
    'Records of a project, newest first.',
    'muster record list --project fp --search "night drive" -o json',
  )
    .requiredOption('--project <project>', 'id or resource name of the project')
    .option('--search <words>', 'words in the title', '')
    .option('--trash', 'the records in the trash')
    .option('--limit <count>', 'at most so many')
    .action(async (own: Own, self: Command) => {
      const { session: open, options } = session(self);
      const client = open.client(RecordService);
      const request = {
        parent: projectName(own.project),
        search: own.search,
        showDeleted: own.trash ?? false,
        pageSize: 1000,
      };
      const rows = await collect(
        allPages(
          (pageToken) => client.listRecords({ ...request, pageToken }),
          (page) => page.records,
          own.limit ? Number(own.limit) : undefined,
        ),
      );
      printList(options, 'records', RecordSchema, rows, recordColumns);
    });
