/**
 * Writes `tables.ts`, the types of the migrated database, for Kysely: `npm run tables -w server`. It migrates a
 * database of its own for that.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLog } from '../log.ts';
import { EmbeddedPostgres } from './embedded.ts';
import { ensureDatabase, migrate } from './migrate.ts';
import { openPools } from './pools.ts';

/** Columns whose check constraint names every value there is. */
const CHECKED = {
  'projects.visibility': "'private' | 'internal' | 'public'",
  'project_members.role': "'admin' | 'collaborator' | 'viewer' | 'annotator' | 'collector' | 'auditor'",
  'memberships.role': "'admin' | 'collaborator' | 'viewer' | 'external'",
  'blobs.state': "'live' | 'trash' | 'freeing' | null",
  'recordings.format': "'mcap' | 'bag'",
  'recordings.state': "Generated<'pending' | 'ready' | 'partial' | 'failed'>",
  'events.outcome': "'done' | 'refused' | 'failed'",
};

/** Writes the types of a migrated database to a file. */
export function writeTables(url: string, file: string): void {
  const mapping = JSON.stringify({ int8: 'bigint' });
  const options = [
    '--dialect=postgres',
    `--url=${url}`,
    '--default-schema=muster',
    '--include-pattern=muster.*',
    `--overrides=${JSON.stringify({ columns: CHECKED })}`,
    `--type-mapping=${mapping}`,
    `--out-file=${file}`,
  ];
  const program = fileURLToPath(new URL('../../../../node_modules/.bin/kysely-codegen', import.meta.url));
  // Its complaints about TypeScript 7, which has no API to parse the unions above with, change nothing in what it writes.
  execFileSync(process.execPath, [program, ...options], { stdio: 'ignore' });
}

if (import.meta.main) {
  const dir = mkdtempSync('/var/tmp/muster-tables-');
  chmodSync(dir, 0o755);
  const log = openLog('error');
  try {
    await using postgres = new EmbeddedPostgres(dir, 'tables', log);
    await postgres.start();
    await ensureDatabase(postgres.url);
    await using pools = openPools(postgres.url, log);
    await migrate(pools.owner);
    writeTables(postgres.url, fileURLToPath(new URL('tables.ts', import.meta.url)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
