/** `npm run bench`: installs what is missing, and measures Muster beside its peers; see docs/performance.md. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { NODE, ROOT, fail, install } from './install.mjs';

install({ all: true });

const main = join(ROOT, 'bench/src/main.ts');
const bench = spawn(NODE, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the whole group; this process waits until the other one has put everything away.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => bench.kill('SIGTERM'));
bench.on('error', (error) => fail(`The benchmark could not be started: ${error.message}.`));
bench.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
