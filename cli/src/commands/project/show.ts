import { ProjectSchema, ProjectService } from '@muster/api/project';
import type { Command } from 'commander';
import { projectName } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { projectColumns } from './columns.ts';

export const showCommand = (): Command =>
  command('show <project>', 'One project, by id or resource name.', 'muster project show fp').action(
    async (project: string, _own: object, self: Command) => {
      const { session: open, options } = session(self);
      printOne(
        options,
        ProjectSchema,
        await open.client(ProjectService).getProject({ name: projectName(project) }),
        projectColumns,
      );
    },
  );
