import { timestampDate } from '@bufbuild/protobuf/wkt';
import { OrganizationRole } from '@muster/api/organization';
import type { Organization } from '@muster/api/organization';
import { enumName } from '../../output.ts';
import type { Columns } from '../../output.ts';

export const organizationColumns: Columns<Organization> = [
  ['id', (organization) => organization.slug],
  ['name', (organization) => organization.displayName],
  ['role', (organization) => enumName(OrganizationRole, organization.role)],
  ['created', (organization) => (organization.createTime ? timestampDate(organization.createTime).toISOString() : '')],
  ['resource', (organization) => organization.name],
];
