import type { Context } from '../../platform/context.ts';
import type { Visible } from '../../platform/access/visible.ts';
import { ACTIVITIES } from './rules.ts';

export type ActivityRow = Awaited<ReturnType<typeof listNewest>>[number];

/** Newest activities, of the organization and of the projects that fulfil `visible`. */
export function listNewest(
  ctx: Context,
  organizationId: string,
  options: { visible: Visible; actorId: string | null; before: bigint | null; limit: number },
) {
  const { visible } = options;
  let query = ctx.db
    .selectFrom('events as e')
    .leftJoin('event_people as p', (join) =>
      join.onRef('p.organization_id', '=', 'e.organization_id').onRef('p.seq', '=', 'e.seq'),
    )
    .select([
      'e.organization_id',
      'e.seq',
      'e.at',
      'e.event',
      'e.target',
      'e.target_name',
      'e.project_id',
      'e.project_name',
      'p.name',
    ])
    .where('e.organization_id', '=', organizationId)
    .where('e.outcome', '=', 'done')
    .where('e.event', 'in', [...ACTIVITIES]);
  if (options.before !== null) query = query.where('e.seq', '<', options.before);
  if (options.actorId !== null) query = query.where('e.actor_id', '=', options.actorId);
  if (visible) {
    query = query.where((eb) =>
      eb.or([
        eb('e.project_id', 'is', null),
        eb(
          'e.project_id',
          'in',
          ctx.db
            .selectFrom('projects')
            .select('projects.id')
            .where('projects.organization_id', '=', organizationId)
            .where(visible),
        ),
      ]),
    );
  }
  return query.orderBy('e.seq', 'desc').limit(options.limit).execute();
}
