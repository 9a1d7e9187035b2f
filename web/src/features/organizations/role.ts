import { OrganizationRole } from '@muster/api/organization';
import type { TFunction } from 'i18next';

/** An organization role in words. */
export function roleLabel(t: TFunction, role: OrganizationRole): string {
  switch (role) {
    case OrganizationRole.ADMIN:
      return t('organizations.roles.admin');
    case OrganizationRole.COLLABORATOR:
      return t('organizations.roles.collaborator');
    case OrganizationRole.VIEWER:
      return t('organizations.roles.viewer');
    case OrganizationRole.EXTERNAL:
      return t('organizations.roles.external');
    // A role this version of the console does not know shows no chip.
    case OrganizationRole.UNSPECIFIED:
    default:
      return '';
  }
}
