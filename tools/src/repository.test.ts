import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  changedMigrations,
  inexactVersions,
  isOwnSource,
  lockedHosts,
  machineText,
  MAX_LINES,
  migrationNumbers,
  strayMarks,
  testShortcuts,
  tooLong,
  unwantedNames,
} from './repository-rules.ts';
import type { TextFile } from './repository-rules.ts';

const ROOT = join(import.meta.dirname, '../..');
const MIGRATIONS = join(ROOT, 'server/migrations');

const read = (path: string): TextFile => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

/** Every file of the tree but for what is ignored; new ones that are not committed yet count. */
const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && isPresent(path));

/** A file that was just deleted is still in git's index. */
function isPresent(path: string): boolean {
  try {
    readFileSync(join(ROOT, path));
    return true;
  } catch {
    return false;
  }
}

const texts = paths.map(read).filter(({ text }) => !text.includes('\0'));
const sources = texts.filter(({ path }) => isOwnSource(path));
const tests = texts.filter(({ path }) => /\.(test\.tsx?|e2e\.ts)$/.test(path));

describe('the tree', () => {
  test('is read', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(tests.length).toBeGreaterThan(10);
  });

  test('has no file or folder whose name says nothing', () => {
    expect(paths.flatMap(unwantedNames)).toEqual([]);
  });

  test('has no source file that is too long', () => {
    expect(sources.flatMap(tooLong)).toEqual([]);
  });

  test('has no marks in comments but NOTE and TODO with an issue', () => {
    expect(sources.flatMap(strayMarks)).toEqual([]);
  });

  test('has no text that is true on one machine only', () => {
    expect(texts.flatMap(machineText)).toEqual([]);
  });

  test('locks packages without naming a host', () => {
    expect(lockedHosts(read('package-lock.json').text)).toEqual([]);
  });

  test('pins every dependency to an exact version', () => {
    const manifests = texts.filter(({ path }) => /(^|\/)package\.json$/.test(path));
    expect(manifests.length).toBeGreaterThan(7);
    expect(manifests.flatMap(inexactVersions)).toEqual([]);
  });

  test('runs every test on real parts', () => {
    expect(tests.flatMap(testShortcuts)).toEqual([]);
  });

  test('numbers its migrations without gaps and never edits a landed one', () => {
    const names = readdirSync(MIGRATIONS);
    const migrations = names
      .filter((name) => name.endsWith('.sql'))
      .map((name) => ({ path: name, text: readFileSync(join(MIGRATIONS, name), 'utf8') }));
    // The shape is what the line above every failure asks people to write.
    const checksums = JSON.parse(readFileSync(join(MIGRATIONS, 'checksums.json'), 'utf8')) as Record<string, string>;
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrationNumbers(names)).toEqual([]);
    expect(changedMigrations(migrations, checksums)).toEqual([]);
  });
});

/** Samples are put together here, so that this file keeps the rules it proves. */
const put = (...parts: string[]): string => parts.join('');
const file = (text: string): TextFile => ({ path: 'a.ts', text });

describe('each rule', () => {
  test.each([
    ['web/src/utils/time.ts', 1],
    ['server/src/helpers.ts', 1],
    ['server/src/features/bins/bin-service.ts', 1],
    ['cli/src/lib/Common.ts', 2],
    ['web/src/core.test.ts', 1],
    ['web/src/score.ts', 0],
    ['web/src/features/shared-with-me/page.tsx', 0],
    ['.npmrc', 0],
  ])('about names judges %s', (path, findings) => {
    expect(unwantedNames(path)).toHaveLength(findings);
  });

  test.each([
    [MAX_LINES, 0],
    [MAX_LINES + 1, 1],
  ])('about length judges %i lines', (lines, findings) => {
    expect(tooLong(file('x;\n'.repeat(lines)))).toHaveLength(findings);
    expect(tooLong(file('x;\n'.repeat(lines - 1) + 'x;'))).toHaveLength(findings);
  });

  test.each([
    ['server/src/app.ts', true],
    ['muster', true],
    ['server/migrations/0001_instance.sql', true],
    ['api/gen/muster/v1/record_pb.ts', false],
    ['server/src/platform/db/tables.ts', false],
    ['package-lock.json', false],
  ])('about sources knows %s', (path, own) => {
    expect(isOwnSource(path)).toBe(own);
  });

  test.each([
    [put('// FIX', 'ME later'), 1],
    [put('/* HA', 'CK */'), 1],
    [put('-- X', 'XX in SQL'), 1],
    [put('x(); // TO', 'DO: later'), 1],
    [put(' * TO', 'DO(name) later'), 1],
    [put('// TO', 'DO(#12) later'), 0],
    ['// NOTE: the order matters', 0],
    [put("const mark = 'FIX", "ME';"), 0],
    ['// todo lists are a feature', 0],
  ])('about marks judges %j', (text, findings) => {
    expect(strayMarks(file(text))).toHaveLength(findings);
  });

  test.each([
    [put('cd /wo', 'rk/main'), 1],
    [put("'/wo", "rk/main'"), 1],
    [put('see ../sha', 'red/style.md'), 1],
    [put('https://regi', 'stry.npmjs.org/left-pad'), 1],
    [put('http://n', 'pm.corp.example:4873/'), 1],
    [put('https://arti', 'factory.corp.example/api'), 1],
    ['frame/work/table', 0],
    ['../shared-with-me/page.tsx', 0],
    ['https://images.example/registry', 0],
  ])('about machines judges %j', (text, findings) => {
    expect(machineText(file(text))).toHaveLength(findings);
  });

  test.each([
    ['{ "resolved": "https://packages.example/a.tgz" }', 1],
    ['{ "resolved": "git+ssh://git.example/a" }', 1],
    ['{ "resolved": "server", "link": true }', 0],
    ['{ "version": "1.0.0" }', 0],
  ])('about the lock judges %j', (lock, findings) => {
    expect(lockedHosts(lock)).toHaveLength(findings);
  });

  test.each([
    ['^1.2.3', 1],
    ['~1.2.3', 1],
    ['1.2', 1],
    ['*', 1],
    ['latest', 1],
    ['git+https://git.example/a', 1],
    ['1.2.3', 0],
    ['18.4.0-beta.17', 0],
  ])('about versions judges %s', (version, findings) => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      expect(inexactVersions(file(JSON.stringify({ [kind]: { a: version } })))).toHaveLength(findings);
  });

  test.each([
    [put('test.on', "ly('x')"), 1],
    [put('describe.sk', "ip('x')"), 1],
    [put('test.concurrent.sk', "ip('x')"), 1],
    [put('it.sk', "ipIf(slow)('x')"), 1],
    [put('test.to', "do('x')"), 1],
    [put('vi.mo', "ck('./a.ts')"), 1],
    [put('xi', "t('x')"), 1],
    ["test('skips what is only there')", 0],
    ["test.each([1])('x')", 0],
    ['list.skip(3)', 0],
  ])('about tests judges %j', (text, findings) => {
    expect(testShortcuts(file(text))).toHaveLength(findings);
  });

  test.each([
    [['0001_a.sql', '0002_b.sql', 'checksums.json'], 0],
    [['0001_a.sql', '0003_b.sql'], 1],
    [['0001_a.sql', '0001_b.sql'], 1],
    [['0002_a.sql'], 1],
    [['0001-a.sql'], 1],
    [['0001_a.sql', 'notes.txt'], 1],
  ])('about numbers of migrations judges %j', (names, findings) => {
    expect(migrationNumbers(names)).toHaveLength(findings);
  });

  test('about landed migrations tells what to do', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const migration = { path: '0001_a.sql', text: 'abc' };
    expect(changedMigrations([migration], { '0001_a.sql': abc })).toEqual([]);
    expect(changedMigrations([migration], {})).toEqual([expect.stringContaining(`"0001_a.sql": "${abc}"`)]);
    expect(changedMigrations([{ ...migration, text: 'abcd' }], { '0001_a.sql': abc })).toEqual([
      expect.stringContaining('it changed after it landed'),
    ]);
    expect(changedMigrations([], { '0001_a.sql': abc })).toEqual([expect.stringContaining('is gone')]);
  });
});
