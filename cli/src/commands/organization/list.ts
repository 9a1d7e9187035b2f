import { OrganizationSchema, OrganizationService } from '@muster/api/organization';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';
import { organizationColumns } from './columns.ts';

export const listCommand = (): Command =>
  command('list', 'Organizations that the access token opens.').action(async (_own: object, self: Command) => {
    const { session: open, options } = session(self);
    const client = open.client(OrganizationService);
    const rows = await collect(
      allPages(
        (pageToken) => client.listOrganizations({ pageToken }),
        (page) => page.organizations,
      ),
    );
    printList(options, 'organizations', OrganizationSchema, rows, organizationColumns);
  });
