import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@muster/api/error';
import { Refusal } from '../../platform/errors.ts';
import type { Code as RefusalCode } from '../../platform/errors.ts';

const CODES: Record<RefusalCode, Code> = {
  invalid_argument: Code.InvalidArgument,
  unauthenticated: Code.Unauthenticated,
  permission_denied: Code.PermissionDenied,
  not_found: Code.NotFound,
  already_exists: Code.AlreadyExists,
  failed_precondition: Code.FailedPrecondition,
  aborted: Code.Aborted,
  resource_exhausted: Code.ResourceExhausted,
  unavailable: Code.Unavailable,
  internal: Code.Internal,
};

/** A refusal as Connect, gRPC and gRPC-web say it: the code, the sentence, and our detail. */
export function toConnectError(refusal: Refusal, requestId: string): ConnectError {
  const detail = {
    reason: refusal.reason,
    field: refusal.detail.field ?? '',
    missing: refusal.detail.missing ?? '',
    retryAfterSeconds: refusal.detail.retryAfterSeconds ?? 0,
    requestId,
  };
  // The request id is in the headers of every answer already.
  const headers: Record<string, string> = { 'muster-reason': refusal.reason };
  if (detail.retryAfterSeconds > 0) headers['retry-after'] = String(detail.retryAfterSeconds);
  return new ConnectError(refusal.message, CODES[refusal.code], headers, [{ desc: ErrorDetailSchema, value: detail }]);
}

/** An error that is no refusal: the caller gets the id of the request, the log gets the error. */
export const toRefusal = (error: unknown): Refusal => (error instanceof Refusal ? error : new Refusal('internal'));
