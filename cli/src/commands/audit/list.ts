import { timestampDate } from '@bufbuild/protobuf/wkt';
import { AuditEventSchema, AuditOutcome, AuditService } from '@muster/api/audit';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import { command, session } from '../../command.ts';
import { enumName, printList } from '../../output.ts';

export const listCommand = (): Command =>
  command(
    'list',
    'Events of the organization, newest first.',
    'muster audit list --limit 20',
    'muster audit list --search file.create -o json',
  )
    .option('--search <words>', 'words over event, names, reason and request id', '')
    .option('--limit <count>', 'at most so many', '100')
    .action(async (own: { search: string; limit: string }, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const client = open.client(AuditService);
      const rows = await collect(
        allPages(
          (pageToken) => client.listAuditEvents({ parent, search: own.search, pageSize: 1000, pageToken }),
          (page) => page.auditEvents,
          Number(own.limit),
        ),
      );
      printList(options, 'auditEvents', AuditEventSchema, rows, [
        ['seq', (event) => String(event.sequence)],
        ['time', (event) => (event.time ? timestampDate(event.time).toISOString() : '')],
        ['actor', (event) => event.actor || event.actorKind],
        ['event', (event) => event.event],
        ['outcome', (event) => enumName(AuditOutcome, event.outcome)],
        ['target', (event) => event.targetDisplayName],
      ]);
    });
