import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Muster, ROOT, fixture } from './harness.ts';

/** The examples of the documentation, run as a reader would: copied, in order, against a server of their own. */
let muster: Muster;
let folder: string;
beforeAll(async () => {
  muster = await Muster.start();
  folder = mkdtempSync(join(tmpdir(), 'muster-reader-'));
  // A reader stands in the clone; what the examples write must not land there.
  for (const name of ['node_modules', 'api']) symlinkSync(join(ROOT, name), join(folder, name));
  symlinkSync(fixture('.'), join(folder, 'recordings'));
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Fenced blocks of a language. Lines that set the reader's own address and token are left out: they are set already. */
function blocks(page: string, language: string): string {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, written]) => written === language)
    .map(([, , body = '']) => body)
    .join('\n')
    .split('\n')
    .filter((line) => !line.startsWith('export MUSTER_'))
    .join('\n');
}

async function shell(script: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      ...muster.environment,
      PATH: `${ROOT}:${process.env['PATH'] ?? ''}`,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
    },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

test('the command line does what its page says', async () => {
  const said = await shell(blocks('docs/command-line.md', 'sh'));
  expect(said).toContain('Signed in to Acme Robotics');
  expect(said).toContain('Car park, rain');
  expect(said).toMatch(/robot_localization_test1\.bag +1\.40 MiB +fd759aa942a3 +ready +3 +16806/);
  expect(said).toMatch(/complete, \d+ rows/);
  const hash = "sha256sum < 'recordings/example.bag'; sha256sum < 'copy/example.bag'";
  expect(new Set((await shell(hash)).trim().split('\n')).size).toBe(1);
});

test('the API answers curl and gRPC as its page says, and takes and gives a file', async () => {
  const said = await shell(blocks('docs/api.md', 'sh'));
  // Connect writes its JSON on one line, gRPC through buf on many.
  expect(said).toContain('"slug":"night-drives"');
  expect(said).toContain('"slug": "night-drives"');
  // Bytes 2 to 5 of the note that was uploaded.
  expect(said.endsWith('note')).toBe(true);
});

test('the API answers TypeScript as its page says', async () => {
  const path = join(import.meta.dirname, `reader-${process.pid}.ts`);
  writeFileSync(path, blocks('docs/api.md', 'ts'));
  try {
    expect(await shell(`node_modules/.bin/node '${path}'`)).toMatch(/^night-drives Night drives \d+n?$/m);
  } finally {
    rmSync(path);
  }
});
