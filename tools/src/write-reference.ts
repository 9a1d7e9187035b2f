/** Writes the pages of `docs/` that come from the code: `npm run reference`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './reference-pages.ts';

const ROOT = join(import.meta.dirname, '../..');

for (const [path, text] of referencePages()) writeFileSync(join(ROOT, path), text);
