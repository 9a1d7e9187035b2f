import { authorize } from '../../platform/access/authorize.ts';
import { projectRole } from '../../platform/access/roles.ts';
import type { ProjectRole } from '../../platform/access/grant.ts';
import { visibleProjects } from '../../platform/access/visible.ts';
import type { Context } from '../../platform/context.ts';
import { openCursor, pageSize, toPage } from '../../platform/paging.ts';
import type { Page, PageRequest } from '../../platform/paging.ts';
import { searchWords } from '../../platform/text.ts';
import type { Facts } from '../../platform/access/facts.ts';
import { listByName } from './store.ts';

export type ListedProject = Awaited<ReturnType<typeof listByName>>[number];

/** The projects of an organization that the caller may open, by name. */
export async function listProjects(
  ctx: Context,
  input: PageRequest & { organization: string; search: string; visibilities: readonly ('private' | 'internal')[] },
): Promise<Page<ListedProject> & { facts: Facts; organizationId: string }> {
  const { organizationId, facts } = await authorize(ctx, 'projects.list', { organization: input.organization });
  const rows = await listByName(ctx, organizationId, {
    visible: visibleProjects(ctx, facts),
    words: searchWords(input.search),
    visibilities: input.visibilities,
    after: openCursor(ctx, 'projects', input),
    limit: pageSize(input) + 1,
    accountId: ctx.caller?.accountId ?? '',
  });
  return {
    ...toPage(ctx, 'projects', input, rows, (row) => [row.sort_name]),
    facts,
    organizationId,
  };
}

/** The caller's role in a listed project. */
export function listedRole(facts: Facts, row: ListedProject): ProjectRole | null {
  const { role } = projectRole(facts.membership_role, {
    visibility: row.visibility,
    archived: row.archive_time !== null,
    ownRole: row.own_role,
    publicAllowed: false,
  });
  return role === 'public' ? null : role;
}
