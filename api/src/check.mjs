/** The gate of the contract: lint, no breaking change against the baseline, and `gen/` is what `proto/` generates. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './validate-proto.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const run = (...args) => execFileSync('buf', args, { cwd, stdio: 'inherit' });
const listing = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true })
      .filter((name) => String(name).endsWith('.ts'))
      .map((name) => [String(name), readFileSync(join(folder, String(name)), 'utf8')]),
  );

run('lint');

const fresh = mkdtempSync(join(tmpdir(), 'muster-gen-'));
try {
  const image = join(fresh, 'now.binpb');
  run('build', '-o', image);
  run('breaking', image, '--against', 'baseline.binpb', '--exclude-imports');
  run('generate', '-o', fresh);
  const expected = listing(join(fresh, 'gen'));
  const actual = listing(join(cwd, 'gen'));
  const stale = [...new Set([...expected.keys(), ...actual.keys()])].filter(
    (name) => expected.get(name) !== actual.get(name),
  );
  if (stale.length > 0) throw new Error(`Generated code is stale, run "npm run generate -w api": ${stale.join(', ')}`);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
process.stdout.write('The contract is linted, compatible and generated.\n');
