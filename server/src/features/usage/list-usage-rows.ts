import { authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { ledgerPosition, listNewest, sumUpTo } from './store.ts';
import type { LedgerRow } from './store.ts';

export interface ListUsageRows extends PageRequest {
  readonly organization: string;
  readonly meter: string;
  /** 0n for all rows there are. */
  readonly ledgerPosition: bigint;
}

/** The rows behind a number, newest first, with the count and the sum of all of them. */
export async function listUsageRows(
  ctx: Context,
  input: ListUsageRows,
): Promise<Page<LedgerRow> & { count: bigint; delta: bigint }> {
  const { organizationId } = await authorize(ctx, 'usage.view', { organization: input.organization });
  const last = await ledgerPosition(ctx, organizationId);
  if (input.ledgerPosition > last) throw new Refusal('position_unknown', { field: 'ledger_position' });
  const upTo = input.ledgerPosition || last;
  const list = `usage rows ${input.meter} ${input.ledgerPosition}`;
  const cursor = openCursor(ctx, list, input);
  const rows = await listNewest(ctx, organizationId, {
    meter: input.meter,
    upTo,
    before: cursor ? BigInt(cursor[0] ?? 0) : null,
    limit: pageSize(input) + 1,
  });
  return {
    ...toPage(ctx, list, input, rows, (row) => [row.position.toString()]),
    ...(await sumUpTo(ctx, organizationId, input.meter, upTo)),
  };
}
