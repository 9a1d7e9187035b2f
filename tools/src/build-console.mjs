/** Builds the console when its sources are newer than what was built from them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE, ROOT, fail } from './install.mjs';

const WEB = join(ROOT, 'web');
const STAMP = join(WEB, 'dist/.built-from');

function sourcesHash() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(`${path}\0${statSync(path).size}\0`).update(readFileSync(path));
  for (const folder of ['web/src', 'web/public', 'api/gen']) {
    if (!existsSync(join(ROOT, folder))) continue;
    const names = readdirSync(join(ROOT, folder), { recursive: true }).map(String).sort();
    for (const name of names) {
      const path = join(ROOT, folder, name);
      if (statSync(path).isFile()) add(path);
    }
  }
  for (const name of ['web/index.html', 'web/vite.config.ts', 'web/package.json', 'package-lock.json'])
    add(join(ROOT, name));
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
