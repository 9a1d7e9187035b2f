import { FileSchema, FileService } from '@muster/api/file';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { printOne } from '../../output.ts';
import { fileColumns } from './columns.ts';

export const deleteCommand = (): Command =>
  command('delete <record> <path>', 'Move a file to the trash of its record; it stays there for 7 days.').action(
    async (record: string, path: string, _own: object, self: Command) => {
      const { session: open, options } = session(self);
      printOne(
        options,
        FileSchema,
        await open.client(FileService).deleteFile({ name: `${record}/files/${path}` }),
        fileColumns,
      );
    },
  );
