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
      redact: {
        paths: ['*.authorization', '*.cookie', '*.code', '*.token', '*.password', '*.secret'],
        censor: '[hidden]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
