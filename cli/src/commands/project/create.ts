import { randomUUID } from 'node:crypto';
import { ProjectSchema, ProjectService, ProjectVisibility } from '@muster/api/project';
import { Option } from 'commander';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { projectColumns } from './columns.ts';

interface Own {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: 'internal' | 'private';
}

export const createCommand = (): Command =>
  command('create', 'Create a project.', 'muster project create --slug fp --name "First project"')
    .requiredOption('--slug <id>', 'its part of every address: 2 to 40 of a-z 0-9 - _')
    .requiredOption('--name <name>', 'its name')
    .option('--description <text>', 'what it is about', '')
    .addOption(
      new Option('--visibility <who>', 'who inherits a role in it')
        .choices(['internal', 'private'])
        .default('internal'),
    )
    .action(async (own: Own, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const project = await open.client(ProjectService).createProject({
        parent,
        slug: own.slug,
        displayName: own.name,
        description: own.description,
        visibility: own.visibility === 'private' ? ProjectVisibility.PRIVATE : ProjectVisibility.INTERNAL,
        requestId: randomUUID(),
      });
      printOne(options, ProjectSchema, project, projectColumns);
    });
