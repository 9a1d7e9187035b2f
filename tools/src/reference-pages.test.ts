import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../../server/src/config.ts';
import { REASONS } from '../../server/src/platform/errors.ts';
import { referencePages } from './reference-pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the pages that come from the code', () => {
  test.each(referencePages())('%s is up to date; else run "npm run reference"', (path, text) => {
    expect(read(path)).toBe(text);
  });

  test('name every variable that the server reads', () => {
    const source = read('server/src/config.ts');
    const names = new Set([...source.matchAll(/'((?:MUSTER_[A-Z_]+)|DATABASE_URL)'/g)].map(([, name]) => name));
    expect(names).toEqual(new Set(SETTINGS.map(({ name }) => name)));
  });

  test('name every reason', () => {
    const page = read('docs/errors.md');
    expect(REASONS.size).toBeGreaterThan(40);
    for (const reason of REASONS.keys()) expect(page).toContain(`\`${reason}\``);
  });
});
