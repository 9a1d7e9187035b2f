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
import { countTests } from './count-tests.mjs';
import { NODE, ROOT, fail, install } from './install.mjs';

const PARTS = ['checks', 'contract', 'unit', 'e2e'];
const BIN = join(ROOT, 'node_modules/.bin');

const at = process.argv.indexOf('--only');
const only = at < 0 ? PARTS : [process.argv[at + 1]];
if (!only.every((part) => PARTS.includes(part))) fail(`--only takes one of ${PARTS.join(', ')}.`);

const began = performance.now();
const reports = mkdtempSync(join(tmpdir(), 'muster-tests-'));
const total = { passed: 0, failed: 0 };
const failures = [];

const seconds = () => Math.round((performance.now() - began) / 1000);

function headed(title) {
  process.stdout.write(`\n── ${title} (after ${seconds()} s)\n`);
}

function count(title, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(`${title}: ${failed} failed`);
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, ...env },
  });
  if (error) process.stdout.write(`${error.message}\n`);
  return status === 0;
}

/** One check counts as one test. */
function check(title, command, args) {
  headed(title);
  const ok = run(command, args);
  count(title, { passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
}

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
  let text = '';
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    process.stdout.write('vitest ended without a report.\n');
  }
  count(title, countTests(text, ok));
}

function checks() {
  check('lint', join(BIN, 'oxlint'), ['--type-aware', '--config', 'oxlint.config.mjs', '--deny-warnings']);
  check('format', join(BIN, 'oxfmt'), ['--check', '.']);
  check('types', join(BIN, 'tsc'), ['--noEmit', '-p', 'tsconfig.json']);
  check('types of the console', join(BIN, 'tsc'), ['--noEmit', '-p', 'web/tsconfig.json']);
  check('undeclared and unused', join(BIN, 'knip'), ['--no-progress']);
}

function fromOutside() {
  const title = 'tests from outside';
  const { path, problem } = findChromium();
  if (problem) {
    headed(title);
    process.stdout.write(`${problem}\n`);
    count(title, { passed: 0, failed: 1 });
    return;
  }
  buildConsole();
  vitest(title, 'e2e', ['--config', 'e2e/vitest.config.ts'], { CHROMIUM: path });
}

install({ all: true });
if (only.includes('checks')) checks();
if (only.includes('contract')) check('contract', 'npm', ['run', '--silent', 'check', '-w', 'api']);
if (only.includes('unit')) vitest('unit and database tests', 'unit', []);
if (only.includes('e2e')) fromOutside();
rmSync(reports, { recursive: true, force: true });

process.stdout.write(`\n${[...failures, `in ${seconds()} s`].join('\n')}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
