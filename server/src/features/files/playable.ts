import type { Context } from '../../platform/context.ts';
import { unionOf } from './rules.ts';
import { setPlayable, timeRanges } from './store.ts';

/** Computes the playable time of a locked record again, from the recordings in it. */
export const refreshPlayable = (ctx: Context, organizationId: string, recordId: string): Promise<void> =>
  timeRanges(ctx, organizationId, recordId).then((rows) =>
    setPlayable(
      ctx,
      organizationId,
      recordId,
      unionOf(
        rows.flatMap((row) =>
          row.start_ns !== null && row.end_ns !== null ? [{ start: row.start_ns, end: row.end_ns }] : [],
        ),
      ),
    ),
  );
