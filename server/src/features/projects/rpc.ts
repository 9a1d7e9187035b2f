import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ProjectRole, ProjectVisibility } from '@muster/api/project';
import type { ProjectService } from '@muster/api/project';
import type { ProjectRole as RoleInProject } from '../../platform/access/grant.ts';
import { parseOne } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { createProject } from './create-project.ts';
import { getProject } from './get-project.ts';
import { listProjects, listedRole } from './list-projects.ts';
import type { ProjectRow } from './store.ts';

const ROLES: Record<RoleInProject, ProjectRole> = {
  admin: ProjectRole.ADMIN,
  collaborator: ProjectRole.COLLABORATOR,
  viewer: ProjectRole.VIEWER,
  annotator: ProjectRole.ANNOTATOR,
  collector: ProjectRole.COLLECTOR,
  auditor: ProjectRole.AUDITOR,
};

const visibilityOf = (visibility: ProjectVisibility): 'private' | 'internal' =>
  visibility === ProjectVisibility.PRIVATE ? 'private' : 'internal';

const toMessage = (row: ProjectRow, organizationId: string, role: RoleInProject | null) => ({
  name: `projects/${row.id}`,
  organization: `organizations/${organizationId}`,
  slug: row.slug,
  displayName: row.display_name,
  description: row.description,
  visibility: row.visibility === 'private' ? ProjectVisibility.PRIVATE : ProjectVisibility.INTERNAL,
  role: role ? ROLES[role] : ProjectRole.UNSPECIFIED,
  recordCount: row.record_count,
  createTime: timestampFromDate(row.create_time),
  updateTime: timestampFromDate(row.update_time),
});

export const projectService: ServiceOf<typeof ProjectService> = {
  createProject: async (ctx, request) => {
    const { row, organizationId } = await createProject(ctx, {
      organization: parseOne('organizations/*', request.parent),
      displayName: request.displayName,
      slug: request.slug,
      description: request.description,
      visibility: visibilityOf(request.visibility),
      requestId: request.requestId,
    });
    return toMessage(row, organizationId, 'admin');
  },
  getProject: async (ctx, request) => {
    const { row, organizationId, role, permissions } = await getProject(ctx, parseOne('projects/*', request.name));
    return { ...toMessage(row, organizationId, role), permissions: [...permissions] };
  },
  listProjects: async (ctx, request) => {
    const { items, nextPageToken, facts, organizationId } = await listProjects(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
      visibilities: request.visibilities.map(visibilityOf),
    });
    return { projects: items.map((row) => toMessage(row, organizationId, listedRole(facts, row))), nextPageToken };
  },
};
