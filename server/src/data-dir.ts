import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from './platform/db/embedded.ts';

/** Makes the data directory and takes it for this process. Throws DatabaseError when another Muster has it. */
export function claimDataDir(dataDir: string): Disposable {
  const path = join(dataDir, 'muster.pid');
  try {
    // Everybody may pass through: the user postgres must reach its own folder below. Secrets have modes of their own.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    const other = runningMuster(path);
    if (other !== null)
      throw new DatabaseError(
        `Another Muster (process ${other}) uses the data in ${dataDir}: stop it, or choose another folder with MUSTER_DATA_DIR.`,
      );
    writeFileSync(path, `${process.pid}\n`);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      `Muster cannot write to ${dataDir} (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}): choose another folder with MUSTER_DATA_DIR.`,
    );
  }
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

function runningMuster(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return pid !== process.pid && command.includes('main.ts') && command.includes('serve') ? pid : null;
  } catch {
    return null;
  }
}
