import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { safeTarget } from './download.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-cli-')));
const outside = realpathSync(mkdtempSync(join(tmpdir(), 'muster-cli-outside-')));
afterAll(() => {
  rmSync(root, { recursive: true });
  rmSync(outside, { recursive: true });
});

test('a path lies below the folder, whose parts are made', async () => {
  expect(await safeTarget(root, 'a/b/c.bag')).toBe(join(root, 'a/b/c.bag'));
});

test.each(['../x', 'a/../../x', '..', '/etc/passwd/../../../x'])(
  '%s would leave the folder and is refused',
  async (path) => {
    await expect(safeTarget(root, path)).rejects.toThrow('would leave the folder');
  },
);

test('a link inside the folder does not lead out of it', async () => {
  symlinkSync(outside, join(root, 'link'));
  mkdirSync(join(root, 'plain'));
  await expect(safeTarget(root, 'link/x.bag')).rejects.toThrow('would leave the folder');
});
