/** `npm start`: installs what is missing, builds the console when it changed, and runs `muster serve`. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { ROOT, fail, install } from './install.mjs';

/** One Ctrl-C reaches this process twice, from the terminal and from npm: what follows this soon is the same one. */
const SAME_SIGNAL_MS = 500;

install({ all: false });
buildConsole();

// A process group of its own: Ctrl-C reaches the server once, through here, and not the PostgreSQL it still works with.
const server = spawn(join(ROOT, 'muster'), ['serve'], { stdio: 'inherit', detached: true });

let last = -Infinity;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    const now = performance.now();
    if (now - last > SAME_SIGNAL_MS) server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    last = now;
  });
server.on('error', (error) => fail(`Muster could not be started: ${error.message}.`));
server.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
