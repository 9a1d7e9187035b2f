/** Builds the console when what it is made of differs from what the present one was built from. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE, ROOT, fail } from './install.mjs';

const WEB = join(ROOT, 'web');
const STAMP = join(WEB, 'dist/.built-from');
const FOLDERS = ['web/src', 'web/public', 'api/gen'];
const FILES = ['web/index.html', 'web/vite.config.ts', 'web/package.json', 'package-lock.json'];
const TEST = /\.test\.tsx?$/;

function sourcesHash() {
  const hash = createHash('sha256');
  const inFolders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`),
  );
  for (const name of [...inFolders.sort(), ...FILES]) {
    const path = join(ROOT, name);
    if (TEST.test(name) || !statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

export function buildConsole() {
  const wanted = sourcesHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  process.stderr.write('Building the console …\n');
  const vite = spawnSync(NODE, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: WEB,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (vite.status !== 0) fail('The console could not be built; the message is above.');
  writeFileSync(STAMP, wanted);
}
