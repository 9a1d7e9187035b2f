import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));

/** Targets of a page's links and pictures that are files of this tree, as paths from its root. */
function targets(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)/g)].map(([, target = '']) =>
    normalize(join(dirname(page), target)),
  );
}

describe('the documentation', () => {
  test('has links that lead somewhere', () => {
    const pages = files.filter((path) => path.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(10);
    const dead = pages.flatMap((page) =>
      targets(page)
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(dead).toEqual([]);
  });

  test('has every page that the contract and the code send readers to', () => {
    const named = files
      .filter((path) => /\.(proto|ts|tsx|mjs)$/.test(path) && !path.startsWith('api/gen/'))
      .flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\bdocs\/[\w/-]+\.(?:md|csv)\b/g)])
      .map(([page]) => page);
    expect(named.length).toBeGreaterThan(3);
    expect([...new Set(named)].filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
  });

  test('lists every decision', () => {
    const list = readFileSync(join(ROOT, 'docs/decisions/README.md'), 'utf8');
    const decisions = files.filter((path) => /^docs\/decisions\/\d{4}-.*\.md$/.test(path));
    expect(decisions.length).toBeGreaterThan(5);
    for (const path of decisions) expect(list).toContain(`(${path.slice('docs/decisions/'.length)})`);
  });
});
