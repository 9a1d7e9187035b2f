import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const MUSTER = `${ROOT}muster`;
export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** A Muster started as an operator starts it: its own process, its own PostgreSQL, its own data. */
export class Muster implements AsyncDisposable {
  readonly dataDir: string;
  readonly port: number;
  token = '';
  readonly #settings: Readonly<Record<string, string>>;
  readonly #identity: { readonly uid?: number; readonly gid?: number };
  #process: ChildProcess | null = null;
  #said = '';
  #complained = '';

  /** `settings` are environment variables on top, `identity` is whom the server runs as. */
  constructor(
    dataDir: string,
    port: number,
    settings: Readonly<Record<string, string>> = {},
    identity: { readonly uid?: number; readonly gid?: number } = {},
  ) {
    this.dataDir = dataDir;
    this.port = port;
    this.#settings = settings;
    this.#identity = identity;
  }

  /** Starts a server with an organization `acme`, whose administrator's access token is `token`. */
  static async start(): Promise<Muster> {
    const muster = new Muster(makeDataDir(), await freePort());
    await muster.boot();
    muster.makeOrganization();
    return muster;
  }

  /** Makes the organization `acme` and its administrator's access token. */
  makeOrganization(): void {
    this.token = this.admin(
      'bootstrap',
      '--email',
      'admin@acme.example',
      '--organization',
      'acme',
      '--name',
      'Acme Robotics',
    ).token;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      MUSTER_DATA_DIR: this.dataDir,
      MUSTER_LISTEN: `127.0.0.1:${this.port}`,
      MUSTER_PUBLIC_URL: this.url,
      MUSTER_TOKEN: this.token,
      MUSTER_LOG_LEVEL: 'error',
      DATABASE_URL: '',
      ...this.#settings,
    };
  }

  /** Everything the server wrote to its terminal so far. */
  get said(): string {
    return this.#said;
  }

  /** Everything the server wrote to its log so far. */
  get complained(): string {
    return this.#complained;
  }

  /** Starts the process and waits for its one line. */
  async boot(): Promise<void> {
    const child = spawn(MUSTER, ['serve'], {
      ...this.#identity,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    const before = this.#said.length;
    const complaintsBefore = this.#complained.length;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complained += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.#complained.slice(complaintsBefore)}`);
      return this.#said.slice(before).includes('Muster is running at');
    }, 60_000);
  }

  /** Runs `muster admin …` and answers its JSON. */
  admin(...args: string[]): { token: string } & Record<string, unknown> {
    // The shape is the command's own documented output.
    return JSON.parse(
      execFileSync(MUSTER, ['admin', ...args, '-o', 'json'], { env: this.environment, encoding: 'utf8' }),
    ) as { token: string };
  }

  /** The process id of the server's PostgreSQL. */
  get postgresPid(): number {
    return Number(readFileSync(`${this.dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[0]);
  }

  /** Address of the server's PostgreSQL, as the owner of everything in it. */
  get databaseUrl(): string {
    const { databasePassword } = JSON.parse(readFileSync(`${this.dataDir}/secrets.json`, 'utf8'));
    const port = readFileSync(`${this.dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[3];
    return `postgres://postgres:${databasePassword}@127.0.0.1:${port}/muster`;
  }

  /** Asks the server's PostgreSQL behind its back; answers the rows. */
  async query(statement: string, values: unknown[] = []): Promise<unknown[]> {
    const database = new pg.Client({ connectionString: this.databaseUrl });
    await database.connect();
    try {
      return (await database.query(statement, values)).rows;
    } finally {
      await database.end();
    }
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Sends a signal to the server, as a terminal or a supervisor does. */
  signal(name: NodeJS.Signals): void {
    this.#process?.kill(name);
  }

  /** Waits until the server has ended by itself; answers its exit code. */
  async ended(): Promise<number | null> {
    const child = this.#process;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
    this.#process = null;
    return child.exitCode;
  }

  /** Ends the server without a warning, as a power cut would. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The six digits that were shown last for an address. */
  async codeFor(email: string): Promise<string> {
    let code: string | undefined;
    await until(
      () =>
        (code = this.#said
          .split('\n')
          .findLast((line) => line.includes(` ${email}: `))
          ?.slice(-6)) !== undefined,
      10_000,
    );
    return code ?? '';
  }

  #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.signal(signal);
    return this.ended();
  }
}

/** A new folder that the user postgres can reach. */
export function makeDataDir(): string {
  const dataDir = mkdtempSync('/var/tmp/muster-e2e-');
  chmodSync(dataDir, 0o711);
  return dataDir;
}

export async function until(isTrue: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not happen within ${milliseconds} ms`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
