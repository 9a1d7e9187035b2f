import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from './harness.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface ServeProcess extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it has written so far: its terminal and its log. */
  readonly terminal: () => string;
  readonly log: () => string;
}

/** `muster serve` as its own process, as an operator runs it. */
export async function startProcess(environment: Record<string, string>): Promise<ServeProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-process-'));
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env['PATH'], MUSTER_LISTEN: '127.0.0.1:0', MUSTER_DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let terminal = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (terminal += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await waitFor(() => {
    if (child.exitCode !== null) throw new Error(`it ended: ${terminal}${log}`);
    return /running at (?<url>http:\/\/[\d.]+:\d+)/.exec(terminal)?.groups?.['url'];
  });
  return {
    url,
    dataDir,
    terminal: () => terminal,
    log: () => log,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
