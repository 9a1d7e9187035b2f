/**
 * `npm test`: installs what the tests need, then checks, contract, unit and database tests, and the tests from outside.
 * It goes on after a failure and ends on a plain line `N passed, N failed`. `--only checks|contract|unit|e2e` selects.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { findChromium } from './chromium.mjs';
import { NODE, ROOT, install } from './install.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const bin = (name) => join(ROOT, 'node_modules/.bin', name);
const reports = mkdtempSync(join(tmpdir(), 'muster-tests-'));
const began = Date.now();
const total = { passed: 0, failed: 0 };

function headed(title) {
  process.stdout.write(`\n── ${title} (after ${Math.round((Date.now() - began) / 1000)} s)\n`);
}

function run(command, args, env = {}) {
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  return (
    spawnSync(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: path, ...env },
    }).status === 0
  );
}

/** One check counts as one test. */
function check(title, command, args) {
  headed(title);
  const ok = run(command, args);
  total[ok ? 'passed' : 'failed'] += 1;
  if (!ok) process.stdout.write(`✗ ${title}\n`);
}

/** A run of vitest counts its tests; one that could not count any has failed. */
function vitest(title, name, args, env) {
  headed(title);
  const report = join(reports, `${name}.json`);
  const ok = run(
    NODE,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    env,
  );
  let counts = { numPassedTests: 0, numFailedTests: 0 };
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    process.stdout.write(`✗ ${title} ended without a report\n`);
  }
  total.passed += counts.numPassedTests;
  // A file that cannot be loaded has no tests and fails the run all the same.
  total.failed += Math.max(counts.numFailedTests, ok && counts.numPassedTests > 0 ? 0 : 1);
}

const wants = (name) => only === null || only === name;

install({ all: true });
if (wants('checks')) {
  check('lint', bin('oxlint'), ['--type-aware', '--config', 'oxlint.config.mjs', '--deny-warnings']);
  check('format', bin('oxfmt'), ['--check', '.']);
  check('types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']);
  check('types of the console', bin('tsc'), ['--noEmit', '-p', 'web/tsconfig.json']);
  check('undeclared and unused', bin('knip'), []);
}
if (wants('contract')) check('contract', 'npm', ['run', '--silent', 'check', '-w', 'api']);
if (wants('unit')) vitest('unit and database tests', 'unit', []);
if (wants('e2e')) {
  buildConsole();
  vitest('tests from outside', 'e2e', ['--config', 'e2e/vitest.config.ts'], { CHROMIUM: findChromium() });
}
rmSync(reports, { recursive: true, force: true });

process.stdout.write(
  `\nin ${Math.round((Date.now() - began) / 1000)} s\n${total.passed} passed, ${total.failed} failed\n`,
);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
