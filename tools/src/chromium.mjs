import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Chinese pages need a font, or each character is the same empty box. */
const FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

const findIt = () => PLACES.find((path) => existsSync(path));

function apt(...args) {
  spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * Where Chromium is. Root gets it and its fonts from Debian first when they are missing.
 * @returns {{ path: string } | { problem: string }} the program, or one sentence of what to do
 */
export function findChromium() {
  const byHand = `"apt-get install ${PACKAGES.join(' ')}"`;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && (!findIt() || !existsSync(FONT))) {
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
