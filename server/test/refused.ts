import { ConnectError } from '@connectrpc/connect';
import { ErrorDetailSchema } from '@muster/api/error';
import type { ErrorDetail } from '@muster/api/error';

/** The detail of the refusal that a call must end with; fails when the call succeeds or breaks in another way. */
export async function refused(call: Promise<unknown>): Promise<ErrorDetail> {
  const detail = await refusalOf(call);
  if (!detail) throw new Error('the call was not refused');
  return detail;
}

/** The reason of a refusal, or `ok`: what each of many racing callers got. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call))?.reason ?? 'ok';
}

async function refusalOf(call: Promise<unknown>): Promise<ErrorDetail | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const [detail] = error.findDetails(ErrorDetailSchema);
    if (!detail) throw error;
    return detail;
  }
}
