/** Writes `tables.ts`, the types of the migrated database, for Kysely. `node server/src/platform/db/generate-tables.ts <postgres url> <file>` */
import { execFileSync } from 'node:child_process';

const [url, file] = process.argv.slice(2);
if (!url || !file) throw new Error('usage: generate-tables.ts <postgres url> <file>');
execFileSync(
  'kysely-codegen',
  ['--dialect=postgres', `--url=${url}`, '--default-schema=muster', '--include-pattern=muster.*', `--type-mapping=${JSON.stringify({ int8: 'bigint' })}`, `--out-file=${file}`],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
