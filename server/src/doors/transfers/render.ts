import type { ServerResponse } from 'node:http';
import type { Code, Refusal } from '../../platform/errors.ts';

const STATUS: Record<Code, number> = {
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  already_exists: 409,
  failed_precondition: 409,
  aborted: 409,
  resource_exhausted: 429,
  unavailable: 503,
  internal: 500,
};

/** HTTP status of a refusal; 460 and 410 are those of tus 1.0 ("Checksum", "Core Protocol: HEAD"), 413 that of RFC 9110. */
function statusOf(refusal: Refusal): number {
  if (refusal.reason === 'checksum_mismatch') return 460;
  if (refusal.reason === 'upload_expired') return 410;
  if (refusal.reason === 'size_exceeds_declared') return 413;
  return STATUS[refusal.code];
}

const bodyOf = (refusal: Refusal, requestId: string): string =>
  JSON.stringify({
    code: refusal.code,
    message: refusal.message,
    reason: refusal.reason,
    field: refusal.detail.field ?? '',
    missing: refusal.detail.missing ?? '',
    requestId,
  });

/** A refusal in plain HTTP: its status, and a body of JSON. */
export function renderRefusal(response: ServerResponse, refusal: Refusal, requestId: string): void {
  const wait = refusal.detail.retryAfterSeconds ?? 0;
  if (wait > 0) response.setHeader('retry-after', String(wait));
  response.setHeader('muster-reason', refusal.reason);
  response.setHeader('cache-control', 'no-store');
  response.writeHead(statusOf(refusal), { 'content-type': 'application/json' }).end(bodyOf(refusal, requestId));
}
