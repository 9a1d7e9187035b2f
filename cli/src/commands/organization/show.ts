import { OrganizationSchema, OrganizationService } from '@muster/api/organization';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { organizationColumns } from './columns.ts';

export const showCommand = (): Command =>
  command('show', 'The organization of the access token.', 'muster organization show -o json').action(
    async (_own: object, self: Command) => {
      const { session: open, options } = session(self);
      const { name } = await open.organization();
      printOne(
        options,
        OrganizationSchema,
        await open.client(OrganizationService).getOrganization({ name }),
        organizationColumns,
      );
    },
  );
