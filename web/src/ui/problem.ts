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
