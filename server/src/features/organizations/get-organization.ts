import { authorize } from '../../platform/access/authorize.ts';
import { grantedOrganizationPermissions } from '../../platform/access/granted.ts';
import type { Context } from '../../platform/context.ts';
import { findOrganization } from './store.ts';
import type { OrganizationRow } from './store.ts';

export interface OrganizationView {
  readonly row: OrganizationRow;
  readonly role: 'admin' | 'collaborator' | 'viewer' | 'external' | null;
  readonly permissions: readonly string[];
}

/** The organization, with what the caller may do in it. Every active member may ask. */
export async function getOrganization(ctx: Context, organization: string): Promise<OrganizationView> {
  const at = await authorize(ctx, 'profile.view', { organization });
  return {
    row: await findOrganization(ctx, at.organizationId),
    role: at.facts.membership_role,
    permissions: grantedOrganizationPermissions(ctx, at.facts),
  };
}
