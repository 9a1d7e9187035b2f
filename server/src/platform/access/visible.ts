import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Context } from '../context.ts';
import type { DB } from '../db/tables.ts';
import type { Facts } from './facts.ts';

/** A condition on rows of `projects`; null when all of them may be seen. */
export type Visible = ((eb: ExpressionBuilder<DB, 'projects'>) => ExpressionWrapper<DB, 'projects', SqlBool>) | null;

/**
 * The rule of `projectRole` as a condition of the database: projects in which the caller has any role. A token bound
 * to projects sees those only.
 */
export function visibleProjects(ctx: Context, facts: Facts): Visible {
  const bound = facts.project_ids;
  const role = facts.membership_role;
  if (role === 'admin' && bound === null) return null;
  const inherits = role === 'collaborator' || role === 'viewer';
  return (eb) => {
    const own = eb.exists(
      eb
        .selectFrom('project_members as own')
        .select('own.role')
        .whereRef('own.organization_id', '=', 'projects.organization_id')
        .whereRef('own.project_id', '=', 'projects.id')
        .where('own.account_id', '=', ctx.caller?.accountId ?? null),
    );
    const byRole =
      role === 'admin'
        ? eb.lit(true)
        : inherits
          ? eb.or([own, eb('projects.visibility', 'in', ['internal', 'public'])])
          : own;
    return bound === null
      ? eb.and([byRole])
      : eb.and([byRole, eb('projects.id', 'in', bound.length > 0 ? bound : ['00000000-0000-0000-0000-000000000000'])]);
  };
}
