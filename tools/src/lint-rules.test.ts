import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLEAN, VIOLATIONS } from './lint-samples.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What oxlint reads besides the sources. */
const CONFIGURATION = ['oxlint.config.mjs', 'tools/src/oxlint-verbs.js', 'tsconfig.json', 'package.json'];
const FOLDERS = ['api', 'server', 'web', 'cli', 'e2e', 'bench'];

interface Finding {
  /** Path of the file from the root of its tree. */
  readonly file: string;
  /** Such as `eslint(no-restricted-imports)`. */
  readonly rule: string;
  readonly text: string;
}

const trees: string[] = [];
afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true, force: true })));

/** Lints a tree of these files with the configuration of this repository. */
function lint(files: ReadonlyMap<string, string>): { status: number | null; findings: Finding[] } {
  const tree = mkdtempSync(join(tmpdir(), 'muster-lint-'));
  trees.push(tree);
  for (const name of CONFIGURATION) cpSync(join(ROOT, name), join(tree, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  const oxlint = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/oxlint/bin/oxlint'),
      '--type-aware',
      '--format',
      'json',
      '-c',
      'oxlint.config.mjs',
      ...FOLDERS,
    ],
    {
      cwd: tree,
      timeout: 60_000,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}` },
    },
  );
  // The shape is the one that `--format json` documents; an unexpected one fails the tests below.
  const report = JSON.parse(oxlint.stdout) as {
    diagnostics: { filename: string; code: string; message: string; help?: string }[];
  };
  const findings = report.diagnostics.map(({ filename, code, message, help }) => ({
    file: filename,
    rule: code,
    text: `${message} ${help ?? ''}`,
  }));
  return { status: oxlint.status, findings };
}

describe('every lint rule finds its violation', () => {
  let findings: Finding[] = [];
  let status: number | null = null;

  beforeAll(() => {
    ({ findings, status } = lint(
      new Map([...CLEAN, ...VIOLATIONS.map(({ file, code }): [string, string] => [file, code])]),
    ));
  });

  test('a tree with violations does not pass', () => {
    expect(status).toBe(1);
  });

  test.each(VIOLATIONS)('$file: $says', ({ file, rule, says }) => {
    const found = findings.filter((finding) => finding.file === file);
    expect(found.map((finding) => `${finding.rule} ${finding.text}`)).toEqual([
      expect.stringMatching(new RegExp(`^${RegExp.escape(rule)}.*${RegExp.escape(says)}`, 's')),
    ]);
  });

  test('the files beside them have no findings', () => {
    expect(findings.filter(({ file }) => CLEAN.has(file))).toEqual([]);
  });
});

test('a clean tree passes', () => {
  expect(lint(CLEAN)).toEqual({ status: 0, findings: [] });
});
