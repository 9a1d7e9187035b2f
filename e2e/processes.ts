import { readFileSync, readdirSync } from 'node:fs';

/** Ids of the processes whose command line names a folder: the PostgreSQL of a data directory, and who started it. */
export function processesNaming(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandOf(pid).includes(folder));
}

/** Whether a process is there and not only waiting to be buried. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Processes that descend from one, itself included. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^PPid:\s+(?<pid>\d+)/m.exec(statusOf(Number(name)))?.groups?.['pid'] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Memory of a process in bytes: what it has resident now, and the most it ever had. */
export function memoryOf(pid: number): { resident: number; most: number } {
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(?<size>\\d+) kB`, 'm').exec(statusOf(pid))?.groups?.['size'] ?? 0);
  return { resident: kibibytes('VmRSS') * 1024, most: kibibytes('VmHWM') * 1024 };
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
