import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { OrganizationRole } from '@muster/api/organization';
import type { OrganizationService } from '@muster/api/organization';
import { parseOne } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { checkSlug } from './check-slug.ts';
import { createOrganization } from './create-organization.ts';
import { getCounters } from './get-counters.ts';
import { getOrganization } from './get-organization.ts';
import { listOrganizations } from './list-organizations.ts';
import type { OrganizationRow } from './store.ts';

const ROLES = {
  admin: OrganizationRole.ADMIN,
  collaborator: OrganizationRole.COLLABORATOR,
  viewer: OrganizationRole.VIEWER,
  external: OrganizationRole.EXTERNAL,
} as const;

const toMessage = (row: OrganizationRow, role: keyof typeof ROLES | null) => ({
  name: `organizations/${row.id}`,
  slug: row.slug,
  displayName: row.display_name,
  role: role ? ROLES[role] : OrganizationRole.UNSPECIFIED,
  createTime: timestampFromDate(row.create_time),
});

export const organizationService: ServiceOf<typeof OrganizationService> = {
  createOrganization: async (ctx, request) => toMessage(await createOrganization(ctx, request), 'admin'),
  getOrganization: async (ctx, request) => {
    const { row, role, permissions } = await getOrganization(ctx, parseOne('organizations/*', request.name));
    return { ...toMessage(row, role), permissions: [...permissions] };
  },
  listOrganizations: async (ctx, request) => {
    const { items, nextPageToken } = await listOrganizations(ctx, request);
    return { organizations: items.map((row) => toMessage(row, row.role)), nextPageToken };
  },
  checkOrganizationSlug: (ctx, request) => checkSlug(ctx, request.slug),
  getOrganizationCounters: (ctx, request) => getCounters(ctx, parseOne('organizations/*', request.name)),
};
