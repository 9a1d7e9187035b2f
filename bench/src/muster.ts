import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MUSTER = fileURLToPath(new URL('../../muster', import.meta.url));
const ADMIN = ['--email', 'admin@acme.example', '--organization', 'acme', '--name', 'Acme Robotics'];
const run = promisify(execFile);

/** A Muster started as an operator starts it, with its default settings: own process, own PostgreSQL, own data. */
export class Muster implements AsyncDisposable {
  readonly dataDir: string;
  #server: ChildProcess | null = null;
  #url = '';
  #token = '';

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** Starts a server with an organization `acme` and an access token of its administrator. */
  static async start(folder: string): Promise<Muster> {
    const dataDir = mkdtempSync(join(folder, 'muster-bench-'));
    // The user postgres must reach its folder in it.
    chmodSync(dataDir, 0o711);
    const muster = new Muster(dataDir);
    try {
      await muster.#boot();
      await muster.#bootstrap();
    } catch (error) {
      await muster[Symbol.asyncDispose]();
      throw error;
    }
    return muster;
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#server?.pid ?? 0;
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
  }

  /** Address of its PostgreSQL, as the owner of the tables. */
  get databaseUrl(): string {
    // Both files are written by the server and documented by it.
    const secrets = JSON.parse(readFileSync(join(this.dataDir, 'secrets.json'), 'utf8')) as {
      databasePassword: string;
    };
    const port = readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
    return `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${port}/muster`;
  }

  /** Runs the command line beside the server; answers what it prints as JSON. */
  async command(...args: string[]): Promise<unknown> {
    const env = { ...this.#environment, MUSTER_PUBLIC_URL: this.#url, MUSTER_TOKEN: this.#token };
    const { stdout } = await run(MUSTER, [...args, '-o', 'json'], { env });
    return JSON.parse(stdout);
  }

  /** Calls a method through Connect JSON. */
  async call(path: string, request: object): Promise<unknown> {
    const answer = await fetch(this.#url + path, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify(request),
    });
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body}`);
    return JSON.parse(body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server;
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get #environment(): NodeJS.ProcessEnv {
    const kept = ['PATH', 'HOME', 'NODE_OPTIONS'].map((name) => [name, process.env[name]]);
    return {
      ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
      XDG_STATE_HOME: join(this.dataDir, 'state'),
      MUSTER_DATA_DIR: this.dataDir,
      MUSTER_LISTEN: '127.0.0.1:0',
    };
  }

  async #boot(): Promise<void> {
    // Its log goes to a file, as a service manager keeps it.
    const log = openSync(join(this.dataDir, 'server.log'), 'a');
    const server = spawn(MUSTER, ['serve'], { env: this.#environment, stdio: ['ignore', 'pipe', log] });
    this.#server = server;
    let said = '';
    server.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (const end = Date.now() + 60_000; Date.now() < end && server.exitCode === null; await sleep(50)) {
      const address = /running at (?<url>http:\S+)/.exec(said)?.groups?.['url'];
      if (address) {
        this.#url = address;
        return;
      }
    }
    throw new Error(`Muster did not start: ${said}${readFileSync(join(this.dataDir, 'server.log'), 'utf8')}`);
  }

  async #bootstrap(): Promise<void> {
    // The shape is the command's own documented output.
    const made = (await this.command('admin', 'bootstrap', ...ADMIN)) as { token: string };
    this.#token = made.token;
  }
}
