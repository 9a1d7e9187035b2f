import type { Context } from '../context.ts';
import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { ALL_PERMISSIONS, PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { questionOf } from './question.ts';

const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text);

function granted(ctx: Context, facts: Facts, level: 'organization' | 'project'): string[] {
  const { kind } = ctx.request.credential;
  return [...ALL_PERMISSIONS]
    .filter(
      ([id, grant]) =>
        grant.level === level &&
        isPermission(id) &&
        decide(questionOf(kind === 'system' ? 'none' : kind, id, facts, level === 'project')).allowed,
    )
    .map(([id]) => id);
}

/** Operations the caller may do in the organization, so that a client draws no control that would be refused. */
export const grantedOrganizationPermissions = (ctx: Context, facts: Facts): string[] =>
  granted(ctx, facts, 'organization');

/** Operations the caller may do in the project. */
export const grantedProjectPermissions = (ctx: Context, facts: Facts): string[] => granted(ctx, facts, 'project');
