import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail } from './install.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Path of Debian's Chromium, installed first when it is missing and that is possible. */
export function findChromium() {
  const found = () => PLACES.find((path) => existsSync(path));
  if (found()) return found();
  if (process.getuid?.() !== 0)
    fail(`The browser tests need Chromium: run "apt-get install ${PACKAGES.join(' ')}" as root first.`);
  process.stdout.write('Installing Chromium …\n');
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  return (
    found() ??
    fail(`Chromium could not be installed: run "apt-get install ${PACKAGES.join(' ')}" and look at what it says.`)
  );
}
