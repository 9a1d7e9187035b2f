import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/**
 * The log of the server: lines of JSON on standard error. Headers, bodies and query strings are never given to it;
 * the redaction below is the net under that rule.
 */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: {
        paths: ['*.authorization', '*.cookie', '*.code', '*.token', '*.password', '*.secret'],
        censor: '[hidden]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** For the one line of each request: its fields are fixed and none is secret, so nothing is searched in them. */
export const requestLog = (log: Log): Log => log.child({}, { redact: [] });

/**
 * An error as the log keeps it: what and where, and the names that PostgreSQL gives. Its `detail`, `where` and
 * parameters are left out, because they quote rows, and with them what people wrote.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const named = Object.fromEntries(
    ['code', 'schema', 'table', 'column', 'constraint', 'routine'].flatMap((key) => {
      const value: unknown = Reflect.get(error, key);
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: error.message, stack: error.stack, ...named, ...cause };
}
