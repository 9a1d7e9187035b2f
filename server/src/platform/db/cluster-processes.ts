import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What PostgreSQL writes about itself into its folder while it runs. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  /** Whether it takes connections; not while it starts, recovers or stops. */
  readonly ready: boolean;
}

/** Lines of postmaster.pid: process, folder, start, port, …; the eighth says "ready" once connections are taken. */
export function readPidFile(dir: string): Running | null {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? '').startsWith('ready') };
  } catch {
    return null;
  }
}

/** Whether a process is the PostgreSQL of this folder, or a child of it. */
export function isAtHome(dir: string, pid: number): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (command[1] === '-D' && command[2] === dir) return true;
    // Children have other titles, but work in the folder. In a container without SYS_PTRACE this cannot be read.
    return command[0]?.startsWith('postgres:') === true && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dir);
  } catch {
    return false;
  }
}

/**
 * Ends what a killed server or a killed PostgreSQL left running on a folder: the postmaster, or children of one that
 * is gone, which hold its shared memory and so keep a new one from starting. The caller has the data directory, so
 * nobody else starts one. False when something stays.
 */
export async function endLeftovers(dir: string): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const left = processesAt(dir);
    if (left.length === 0 && dropPidFile(dir)) return true;
    if (waited % 5000 === 0) {
      const postmaster = readPidFile(dir)?.pid ?? 0;
      // Fast shutdown for a postmaster, which ends its children in order; the same signal to a child only stops its statement.
      if (left.includes(postmaster)) signal(postmaster, 'SIGINT');
      else for (const pid of left) signal(pid, 'SIGQUIT');
    }
    await sleep(50);
  }
  return false;
}

/**
 * Takes away the file that names a postmaster which is no more: PostgreSQL would refuse to start as long as any process
 * has its number, be it a zombie or, after a power cut, somebody else. False while the old one is still ending.
 */
function dropPidFile(dir: string): boolean {
  const { pid } = readPidFile(dir) ?? {};
  if (!pid || !existsSync('/proc/self')) return true;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const isEnding = /^Name:\s+postgres/m.test(status) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
    if (isEnding && !/^State:\s+Z/m.test(status)) return false;
  } catch {
    // It is gone.
  }
  rmSync(join(dir, 'postmaster.pid'), { force: true });
  return true;
}

function processesAt(dir: string): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => isAtHome(dir, pid));
  } catch {
    // A system without /proc: PostgreSQL's own lock is the only guard there.
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It was faster.
  }
}
