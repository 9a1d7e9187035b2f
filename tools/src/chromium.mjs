import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Chinese pages need a font, or each character is the same empty box; examples of the documentation call curl. */
const BESIDE = ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', '/usr/bin/curl'];
const PACKAGES = ['chromium', 'fonts-noto-cjk', 'curl'];

const findIt = () => PLACES.find((path) => existsSync(path));

function apt(...args) {
  spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * Where Chromium is. Root gets it, and what the tests need beside it, from Debian first when they are missing.
 * @returns {{ path: string } | { problem: string }} the program, or one sentence of what to do
 */
export function findChromium() {
  const byHand = `"apt-get install ${PACKAGES.join(' ')}"`;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !(findIt() && BESIDE.every((path) => existsSync(path)))) {
    process.stdout.write('Installing Chromium …\n');
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  }
  const path = findIt();
  if (path) return { path };
  return {
    problem: isRoot
      ? `Chromium could not be installed: run ${byHand} and look at what it says.`
      : `The browser tests need Chromium: run ${byHand} as root first.`,
  };
}
