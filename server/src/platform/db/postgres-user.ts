import { execFileSync } from 'node:child_process';
import { DatabaseError } from './database-error.ts';

/** Whom PostgreSQL runs as, when that is not the user of the server. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so root runs it as the user postgres, made when missing. Throws DatabaseError. */
export function postgresIdentity(): Identity {
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
