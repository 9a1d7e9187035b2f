/**
 * `npm run soak`: the tests of faults at their full length, for a night and not for every change. It takes an hour or
 * two on two cores, and 100 GiB of disk are written in all.
 *
 * - crash: the server, its PostgreSQL or both are killed 200 times under load (`MUSTER_CRASHES`);
 * - model: the storage ledger is held against a simple model after each of 10,000 random steps (`MUSTER_MODEL_STEPS`;
 *   `MUSTER_SEED` repeats a run that failed);
 * - memory: 100 uploads of 1 GiB, all bytes of them (`MUSTER_MEMORY_BYTES`), at once where the disk has room for that
 *   many unfinished files, else in waves.
 *
 * `--only crash|model|memory` selects. It goes on after a failure and ends on a plain line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests } from './count-tests.mjs';
import { NODE, ROOT, fail, install } from './install.mjs';

const E2E = ['--config', 'e2e/vitest.config.ts'];
const PARTS = {
  crash: { args: [...E2E, 'e2e/crash.e2e.ts'], env: { MUSTER_CRASHES: '200' } },
  model: { args: ['server/src/features/usage/ledger.model.test.ts'], env: { MUSTER_MODEL_STEPS: '10000' } },
  memory: { args: [...E2E, 'e2e/memory.e2e.ts'], env: { MUSTER_MEMORY_BYTES: String(1024 ** 3) } },
};

const at = process.argv.indexOf('--only');
const only = at < 0 ? Object.keys(PARTS) : [process.argv[at + 1]];
if (!only.every((part) => part in PARTS)) fail(`--only takes one of ${Object.keys(PARTS).join(', ')}.`);

install({ all: true });
const reports = mkdtempSync(join(tmpdir(), 'muster-soak-'));
const total = { passed: 0, failed: 0 };
for (const part of only) {
  const { args, env } = PARTS[part];
  const report = join(reports, `${part}.json`);
  process.stdout.write(`\n── ${part}\n`);
  const { status } = spawnSync(
    NODE,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    // What is set outside wins, so that a run may be made longer or shorter.
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, ...process.env } },
  );
  let text = '';
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    process.stdout.write('vitest ended without a report.\n');
  }
  const { passed, failed } = countTests(text, status === 0);
  total.passed += passed;
  total.failed += failed;
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
