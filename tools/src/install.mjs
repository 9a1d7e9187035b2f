/**
 * Installs what is missing, and nothing when nothing is. Any Node from 18 on runs it: it is what brings the pinned
 * one. `--all` installs what the tests need too; what is there already is never taken away again.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const NODE = join(ROOT, 'node_modules/node/bin/node');
const STAMP = join(ROOT, 'node_modules/.muster-install.json');

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return { lock: '', all: false };
  }
}

/** Says in one sentence what is wrong, and ends. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function install({ all }) {
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Muster needs Node 20 or newer to install itself; this is ${process.version}.`);
  const stamp = readStamp();
  const lock = lockHash();
  if (stamp.lock === lock && existsSync(NODE) && (stamp.all || !all)) return;
  const withTests = all || (stamp.all && existsSync(NODE));
  process.stderr.write('Installing what is missing …\n');
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(withTests ? ['--include=dev'] : ['--omit=dev']),
  ];
  const npm = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: '' },
  });
  if (npm.error) fail('npm was not found: install Node 20 or newer together with npm.');
  if (npm.status !== 0) fail('npm could not install what Muster needs; its message is above.');
  if (!existsSync(NODE))
    fail('npm did not run the install script that brings Node 24: allow it with "npm install-scripts approve node".');
  writeFileSync(STAMP, JSON.stringify({ lock, all: withTests }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install({ all: process.argv.includes('--all') });
