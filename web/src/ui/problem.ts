/** What went wrong, in words for people. Made from errors of calls by `api/errors.ts`. */
export interface Problem {
  /** Machine reason, snake_case. */
  reason: string;
  /** One sentence in the language of the console. */
  sentence: string;
  /** The field of the request at fault, or empty. */
  field: string;
  /** The permission that is missing, or empty. */
  missing: string;
  /** The id to quote to the operator, or empty. */
  requestId: string;
  /** Seconds until another try makes sense, or 0. */
  retryAfterSeconds: number;
}

const FAULTS = ['internal', 'unavailable', 'storage_full', 'request_malformed', 'unknown_field'];

/** Whether the server is at fault and not what was typed: then the request id is worth quoting. */
export const isFault = ({ reason }: Problem): boolean => FAULTS.includes(reason);
