import { ProjectSchema, ProjectService } from '@muster/api/project';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';
import { projectColumns } from './columns.ts';

export const listCommand = (): Command =>
  command('list', 'Projects you may open, newest first.', 'muster project list --search drive -o json')
    .option('--search <words>', 'words in the name or id', '')
    .action(async (own: { search: string }, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const client = open.client(ProjectService);
      const rows = await collect(
        allPages(
          (pageToken) => client.listProjects({ parent, search: own.search, pageToken }),
          (page) => page.projects,
        ),
      );
      printList(options, 'projects', ProjectSchema, rows, projectColumns);
    });
