/** Writes `gen/` from `proto/`, and the baseline that the breaking check compares with when `--baseline` is given. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './validate-proto.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const run = (...args) => execFileSync('buf', args, { cwd, stdio: 'inherit' });

run('generate');
if (process.argv.includes('--baseline')) run('build', '-o', 'baseline.binpb');
