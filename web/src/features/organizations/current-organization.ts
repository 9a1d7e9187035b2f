import type { Organization } from '@muster/api/organization';
import { createContext, useContext } from 'react';

export const OrganizationContext = createContext<Organization | null>(null);

/** The organization of the address. Only under the organization layout. */
export function useOrganization(): Organization {
  const organization = useContext(OrganizationContext);
  if (!organization) throw new Error('useOrganization needs the organization layout');
  return organization;
}

/** The same where there may be none, as in the palette on an account page. */
export const useOrganizationIfAny = (): Organization | null => useContext(OrganizationContext);

/** Whether a permission of `spec/permissions.csv` at the organization's level is the caller's. */
export const mayInOrganization = (organization: Organization, permission: string): boolean =>
  organization.permissions.includes(permission);
