export { mayInOrganization, useOrganization, useOrganizationIfAny } from './current-organization.ts';
export { slugify } from './slug.ts';
export { OrganizationGate, OrganizationOfAddress } from './organization-of-address.tsx';
