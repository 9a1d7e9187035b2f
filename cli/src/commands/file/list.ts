import { setTimeout as sleep } from 'node:timers/promises';
import { FileSchema, FileService, RecordingState } from '@muster/api/file';
import type { File } from '@muster/api/file';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import type { Session } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';
import { fileColumns } from './columns.ts';

const WAIT_MS = 500;

export const listCommand = (): Command =>
  command(
    'list <record>',
    'Files of a record, with what the recordings among them hold.',
    'muster record file list projects/…/records/… --wait -o json',
  )
    .option('--wait', 'until every recording has been read')
    .action(async (parent: string, own: { wait?: boolean }, self: Command) => {
      const { session: open, options } = session(self);
      let rows = await listFiles(open, parent);
      while (own.wait && rows.some((file) => file.recording?.state === RecordingState.PENDING)) {
        await sleep(WAIT_MS);
        rows = await listFiles(open, parent);
      }
      printList(options, 'files', FileSchema, rows, fileColumns);
    });

/** Every file of a record. */
export function listFiles(open: Session, parent: string): Promise<File[]> {
  const client = open.client(FileService);
  return collect(
    allPages(
      (pageToken) => client.listFiles({ parent, pageSize: 1000, pageToken }),
      (page) => page.files,
    ),
  );
}
