/**
 * Installs what is missing, and nothing when nothing is. Any Node from 18 on reads it: it is what brings the pinned
 * one. `--all` installs what the tests need too; what is there already is never taken away again.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const NODE = join(ROOT, 'node_modules/node/bin/node');
const STAMP = join(ROOT, 'node_modules/.muster-install');
const OLDEST_NODE = 20;

/** Says in one sentence what is wrong, and ends. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Missing or half-written: the same as not installed.
    return {};
  }
}

/** Whether npm's own record of node_modules holds what the lock asks for, whoever installed it. */
function holds(lock, all) {
  const there = readJson(join(ROOT, 'node_modules/.package-lock.json')).packages ?? {};
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.link || wanted.optional || wanted.devOptional || wanted.peer)
      return true;
    if (wanted.dev && !all) return true;
    return there[path]?.version === wanted.version && there[path]?.integrity === wanted.integrity;
  });
}

function runNpm(withTests) {
  const inside = join(ROOT, 'node_modules');
  // npm must not run on the Node that it is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(inside));
  const npm = spawnSync(
    'npm',
    [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      // The settings of this machine's user are not those of a Muster that works.
      '--ignore-scripts=false',
      '--include=optional',
      withTests ? '--include=dev' : '--omit=dev',
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PATH: path.join(delimiter), NODE_ENV: '' },
    },
  );
  if (npm.error) fail(`npm was not found: install Node ${OLDEST_NODE} or newer together with npm.`);
  if (npm.status !== 0) fail('npm could not install what Muster needs; its message is above.');
  if (!existsSync(NODE))
    fail('npm did not run the install script that brings Node 24: allow it with "npm install-scripts approve node".');
}

/** Makes node_modules hold what `package-lock.json` asks for; `all` includes what only the tests need. */
export function install({ all }) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    fail(`Muster needs Node ${OLDEST_NODE} or newer to install itself; this is ${process.version}.`);
  const text = readFileSync(join(ROOT, 'package-lock.json'));
  const lock = createHash('sha256').update(text).digest('hex');
  const stamp = readJson(STAMP);
  const brought = existsSync(NODE);
  if (brought && stamp.lock === lock && (stamp.all || !all)) return;
  const withTests = all || existsSync(join(ROOT, 'node_modules/vitest'));
  if (!brought || !holds(JSON.parse(text.toString()), withTests)) {
    process.stderr.write('Muster installs what is missing: this takes about a minute.\n');
    runNpm(withTests);
  }
  writeFileSync(STAMP, JSON.stringify({ lock, all: withTests }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install({ all: process.argv.includes('--all') });
