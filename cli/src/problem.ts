import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@muster/api/error';

/** An error in words for the person at the terminal. */
export class Problem extends Error {
  readonly code: string;
  readonly reason: string;
  readonly field: string;
  readonly requestId: string;
  constructor(message: string, detail: { code?: string; reason?: string; field?: string; requestId?: string } = {}) {
    super(message);
    this.code = detail.code ?? 'failed';
    this.reason = detail.reason ?? '';
    this.field = detail.field ?? '';
    this.requestId = detail.requestId ?? '';
  }
}

/** What went wrong, whatever was thrown. */
export function toProblem(error: unknown, url: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ConnectError) {
    const [detail] = error.findDetails(ErrorDetailSchema);
    const code = Code[error.code].replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
    if (detail)
      return new Problem(error.rawMessage, {
        code,
        reason: detail.reason,
        field: detail.field,
        requestId: detail.requestId,
      });
    if (error.code === Code.Unavailable || /ECONNREFUSED|ENOTFOUND|ECONNRESET/.test(error.message))
      return unreachable(url);
    return new Problem(error.rawMessage, { code });
  }
  if (error instanceof Error && /ECONNREFUSED|ENOTFOUND|fetch failed/.test(`${error.message} ${String(error.cause)}`))
    return unreachable(url);
  return new Problem(error instanceof Error ? error.message : String(error));
}

const unreachable = (url: string): Problem =>
  new Problem(`There is no Muster at ${url}: is it running, and is MUSTER_PUBLIC_URL right?`, {
    code: 'unavailable',
    reason: 'unreachable',
  });
