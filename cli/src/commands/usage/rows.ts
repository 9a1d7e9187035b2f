import { timestampDate } from '@bufbuild/protobuf/wkt';
import { UsageRowSchema, UsageService } from '@muster/api/usage';
import { Option } from 'commander';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';

export const rowsCommand = (): Command =>
  command('rows', 'The ledger rows behind a number, newest first.', 'muster usage rows --meter storage.live -o json')
    .addOption(
      new Option('--meter <meter>', 'which number')
        .choices(['storage.live', 'storage.trash', 'storage.freeing'])
        .default('storage.live'),
    )
    .action(async (own: { meter: string }, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const client = open.client(UsageService);
      const rows = await collect(
        allPages(
          (pageToken) => client.listUsageRows({ parent, meter: own.meter, pageSize: 1000, pageToken }),
          (page) => page.rows,
        ),
      );
      printList(options, 'rows', UsageRowSchema, rows, [
        ['position', (row) => String(row.position)],
        ['time', (row) => (row.time ? timestampDate(row.time).toISOString() : '')],
        ['change', (row) => String(row.delta)],
        ['kind', (row) => row.kind],
        ['event', (row) => row.eventId],
      ]);
    });
