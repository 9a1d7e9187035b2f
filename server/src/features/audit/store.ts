import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { likePattern } from '../../platform/text.ts';

export type EventRow = Awaited<ReturnType<typeof listNewest>>[number];

export function listNewest(
  ctx: Context,
  organizationId: string,
  options: { words: readonly string[]; before: bigint | null; limit: number },
) {
  let query = ctx.db
    .selectFrom('events as e')
    .leftJoin('event_people as p', (join) =>
      join.onRef('p.organization_id', '=', 'e.organization_id').onRef('p.seq', '=', 'e.seq'),
    )
    .selectAll('e')
    .select(['p.name', 'p.email', 'p.network_address', 'p.client'])
    .where('e.organization_id', '=', organizationId);
  if (options.before !== null) query = query.where('e.seq', '<', options.before);
  for (const word of options.words) {
    const text = sql<string>`e.event || ' ' || e.target_name || ' ' || e.project_name || ' ' || e.reason || ' ' || e.request_id || ' ' || coalesce(p.name, '')`;
    query = query.where(text, 'ilike', likePattern(word));
  }
  return query.orderBy('e.seq', 'desc').limit(options.limit).execute();
}
