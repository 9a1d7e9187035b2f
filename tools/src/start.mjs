/** `npm start`: installs what is missing, builds the console when it changed, and becomes `muster serve`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { ROOT, install } from './install.mjs';

install({ all: false });
buildConsole();

const server = spawn(join(ROOT, 'muster'), ['serve'], { stdio: 'inherit' });
// In a terminal Ctrl-C reaches the server by itself; from elsewhere a signal reaches only this process.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : server.kill(signal)));
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
