import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from './platform/db/database-error.ts';

/** The data directory belongs to another process. */
export class DataDirTaken extends DatabaseError {}

/**
 * Makes the data directory and takes it for this process, until it is disposed of or the process ends, however it
 * ends. Throws DataDirTaken when another Muster has it, DatabaseError when it cannot be written.
 */
export function claimDataDir(dataDir: string): Disposable {
  const pidFile = join(dataDir, 'muster.pid');
  let lock: DatabaseSync | null;
  try {
    // Everybody may pass through: the user postgres must reach its own folder below. Secrets have modes of their own.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    lock = takeLock(join(dataDir, 'muster.lock'));
    if (lock) writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    throw new DatabaseError(
      `Muster cannot write to ${dataDir} (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}): choose another folder with MUSTER_DATA_DIR.`,
    );
  }
  if (!lock)
    throw new DataDirTaken(
      `Another Muster (process ${ownerOf(pidFile)}) uses the data in ${dataDir}: stop it, or choose another folder with MUSTER_DATA_DIR.`,
    );
  return {
    [Symbol.dispose]: () => {
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

/**
 * Node has no file locks of its own, but the SQLite in it takes real ones of the kernel, which end with their process
 * and cannot go stale. The file stays empty. Null when another process has it.
 */
function takeLock(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(path);
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    const SQLITE_BUSY = 5;
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

function ownerOf(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
