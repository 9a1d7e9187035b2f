import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from './config.ts';
import { readSecrets } from './secrets.ts';

let dataDir: string;
let path: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'muster-secrets-'));
  path = join(dataDir, 'secrets.json');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const read = (secretKey: string | null = null) => readSecrets({ dataDir, secretKey });
const mode = (): number => statSync(path).mode & 0o777;

test('the first start makes secrets that their owner alone may read, and later starts find them', () => {
  const first = read();
  expect(mode()).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['secrets.json']);
  const again = read();
  expect(again.databasePassword).toBe(first.databasePassword);
  expect(again.hmac('a', 'b')).toEqual(first.hmac('a', 'b'));
  expect(again.open(first.seal('a text'))).toBe('a text');
});

test('a file that came back with a looser mode is tightened', () => {
  read();
  chmodSync(path, 0o644);
  read();
  expect(mode()).toBe(0o600);
});

test('ten processes that start at once agree on one secret', async () => {
  const program = `import { readSecrets } from ${JSON.stringify(new URL('secrets.ts', import.meta.url).href)};
    process.stdout.write(readSecrets({ dataDir: ${JSON.stringify(dataDir)}, secretKey: null }).databasePassword);`;
  const runs = await Promise.all(
    Array.from({ length: 10 }, () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])),
  );
  expect(new Set(runs.map(({ stdout }) => stdout))).toEqual(new Set([read().databasePassword]));
  expect(readdirSync(dataDir)).toEqual(['secrets.json']);
});

test.each([
  ['cut off', (text: string) => text.slice(0, 40)],
  ['empty', () => ''],
  ['of another form', () => '{"key":"short","databasePassword":"x"}'],
])('a file that is %s is refused with a sentence that quotes nothing of it', (_how, damage) => {
  read();
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, damage(whole));
  expect(read).toThrow(new ConfigError(`${path} is damaged: restore it from a backup.`));
  expect(readFileSync(path, 'utf8')).toBe(damage(whole));
});

test('a key from the environment takes the place of the one in the file', () => {
  const [a, b] = [read('ab'.repeat(32)), read('cd'.repeat(32))];
  expect(a.hmac('x')).not.toEqual(b.hmac('x'));
  expect(() => b.open(a.seal('x'))).toThrow('unable to authenticate');
  expect(a.databasePassword).toBe(b.databasePassword);
});

test('parts of a code cannot run into each other, and what was sealed cannot be changed', () => {
  const secrets = read();
  expect(secrets.hmac('ab', 'c')).not.toEqual(secrets.hmac('a', 'bc'));
  const sealed = Buffer.from(secrets.seal('a text'), 'base64');
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => secrets.open(changed.toString('base64')), String(at)).toThrow('unable to authenticate');
  }
  expect(secrets.seal('a text')).not.toBe(secrets.seal('a text'));
});
