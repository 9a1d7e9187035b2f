import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-bin-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'elsewhere'));
  // One link is absolute, the one to it relative: both kinds are followed.
  symlinkSync(join(ROOT, 'muster'), join(folder, 'bin/linked'));
  symlinkSync('../bin/linked', join(folder, 'elsewhere/muster'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `muster` through two links, from another folder, on a machine whose PATH has no Node. */
function muster(args: string[], env: Record<string, string> = {}): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(join(folder, 'elsewhere/muster'), args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: folder, MUSTER_DATA_DIR: join(folder, 'data'), ...env },
    timeout: 20_000,
  });
  return { status, out: stdout, err: stderr };
}

test('runs the command line through links, with the Node of the clone and without warnings', () => {
  const { status, out, err } = muster(['--version']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ version: out.trim() });
});

test('names the commands of the server in its help', () => {
  const { status, out } = muster(['--help']);
  expect(status).toBe(0);
  expect(out).toMatch(/^\s+serve\b/m);
  expect(out).toMatch(/^\s+admin\b/m);
});

test('passes the exit code and the sentence of the command line on', () => {
  const { status, err } = muster(['no-such-command']);
  expect(status).not.toBe(0);
  expect(err).toContain('no-such-command');
});

test('hands serve to the server', () => {
  const { status, err } = muster(['serve'], { MUSTER_LISTEN: 'not an address' });
  expect(status).toBe(1);
  expect(err).toContain('MUSTER_LISTEN');
});

test('hands admin and its arguments to the server', () => {
  const { status, err, out } = muster(['admin', 'no such thing']);
  expect(status).not.toBe(0);
  expect(err + out).toContain('no such thing');
});
