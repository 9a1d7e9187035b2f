import type { Context } from '../../platform/context.ts';
import type { Visible } from '../../platform/access/visible.ts';
import { isId } from '../../platform/ids.ts';
import type { Cursor } from '../../platform/paging.ts';
import { likePattern } from '../../platform/text.ts';

const COLUMNS = [
  'id',
  'slug',
  'display_name',
  'description',
  'visibility',
  'record_count',
  'archive_time',
  'create_time',
  'update_time',
] as const;

export type ProjectRow = Awaited<ReturnType<typeof findProject>>;

export function findProject(ctx: Context, organizationId: string, id: string) {
  return ctx.db
    .selectFrom('projects')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

export function listByName(
  ctx: Context,
  organizationId: string,
  options: {
    visible: Visible;
    words: readonly string[];
    visibilities: readonly ('private' | 'internal')[];
    after: Cursor | null;
    limit: number;
    accountId: string;
  },
) {
  const { visible, after } = options;
  let query = ctx.db
    .selectFrom('projects')
    .select(COLUMNS)
    .select((eb) => [
      eb.fn<string>('lower', ['display_name']).as('sort_name'),
      eb
        .selectFrom('project_members as m')
        .select('m.role')
        .where('m.organization_id', '=', organizationId)
        .whereRef('m.project_id', '=', 'projects.id')
        .where('m.account_id', '=', options.accountId)
        .as('own_role'),
    ])
    .where('organization_id', '=', organizationId);
  if (visible) query = query.where(visible);
  for (const word of options.words) {
    query = query.where((eb) =>
      eb.or([eb('display_name', 'ilike', likePattern(word)), eb('slug', 'ilike', likePattern(word))]),
    );
  }
  if (options.visibilities.length > 0) query = query.where('visibility', 'in', options.visibilities);
  // Names are unique ignoring case, so the name alone is where a page begins.
  if (after) query = query.where((eb) => eb(eb.fn<string>('lower', ['display_name']), '>', after[0] ?? ''));
  return query.orderBy('sort_name').limit(options.limit).execute();
}

/** The id of a project that is named by id or slug and may be opened; undefined when there is none. */
export async function findVisibleId(
  ctx: Context,
  organizationId: string,
  visible: Visible,
  project: string,
): Promise<string | undefined> {
  let query = ctx.db
    .selectFrom('projects')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(isId(project) ? 'id' : 'slug', '=', project);
  if (visible) query = query.where(visible);
  return (await query.executeTakeFirst())?.id;
}

/** Inserts a project with its creator as admin; the name of the unique constraint that it breaks is in the error. */
export async function addProject(
  ctx: Context,
  project: {
    organizationId: string;
    id: string;
    slug: string;
    displayName: string;
    description: string;
    visibility: 'private' | 'internal';
    creatorId: string;
  },
): Promise<void> {
  const now = ctx.platform.clock.now();
  await ctx.db
    .insertInto('projects')
    .values({
      organization_id: project.organizationId,
      id: project.id,
      slug: project.slug,
      display_name: project.displayName,
      description: project.description,
      visibility: project.visibility,
      creator_id: project.creatorId,
      create_time: now,
      update_time: now,
    })
    .execute();
  await ctx.db
    .insertInto('project_members')
    .values({
      organization_id: project.organizationId,
      project_id: project.id,
      account_id: project.creatorId,
      role: 'admin',
      create_time: now,
    })
    .execute();
}

export async function countProjects(
  ctx: Context,
  organizationId: string,
  visible: Visible,
): Promise<{ projectCount: bigint; recordCount: bigint }> {
  let query = ctx.db
    .selectFrom('projects')
    .select((eb) => [
      eb.fn.countAll<bigint>().as('projects'),
      eb.fn.coalesce(eb.fn.sum<string>('record_count'), eb.lit(0)).as('records'),
    ])
    .where('organization_id', '=', organizationId);
  if (visible) query = query.where(visible);
  const row = await query.executeTakeFirstOrThrow();
  return { projectCount: row.projects, recordCount: BigInt(row.records) };
}
