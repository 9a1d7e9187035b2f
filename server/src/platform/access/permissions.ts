import type { Grant } from './grant.ts';
import { ORGANIZATION_PERMISSIONS } from './organization-permissions.ts';
import { PROJECT_PERMISSIONS } from './project-permissions.ts';

/** The one permission table: every operation of the product. docs/permissions.csv and docs/permissions-added.csv say the same, and a test compares them. */
export const PERMISSIONS = { ...ORGANIZATION_PERMISSIONS, ...PROJECT_PERMISSIONS } as const satisfies Record<
  string,
  Grant
>;

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS: ReadonlyMap<string, Grant> = new Map(Object.entries(PERMISSIONS));
