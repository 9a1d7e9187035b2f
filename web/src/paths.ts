/** The one place that spells addresses of the console. Slugs and ids come in plain and leave encoded. */
const at = (...parts: string[]): string => `/${parts.map((part) => encodeURIComponent(part)).join('/')}`;

/** Pages of the instance and of the person. */
export const paths = {
  root: () => '/',
  signIn: (returnTo?: string) => (returnTo ? `/sign-in?return_to=${encodeURIComponent(returnTo)}` : '/sign-in'),
  newOrganization: () => '/new-organization',
  organizations: () => '/organizations',
  accountGeneral: () => '/account/general',
  accountSecurity: () => '/account/security',

  /** Pages of an organization, by slug. */
  home: (organization: string) => at(organization),
  newProject: (organization: string) => `${at(organization)}?new=project`,
  organizationProjects: (organization: string) => at(organization, '-', 'projects'),
  organizationUsage: (organization: string) => at(organization, '-', 'usage'),
  organizationAudit: (organization: string) => at(organization, '-', 'audit'),

  /** Pages of a project, by the slugs of organization and project. */
  project: (organization: string, project: string) => at(organization, project),
  records: (organization: string, project: string) => at(organization, project, 'records'),
  newRecord: (organization: string, project: string) => `${at(organization, project, 'records')}?new=record`,
  record: (organization: string, project: string, record: string) => at(organization, project, 'records', record),
} as const;

/** The same place with one part of its path exchanged, the first being 1. */
export function withPart(
  place: { pathname: string; search: string; hash: string },
  part: number,
  value: string,
): string {
  const parts = place.pathname.split('/').with(part, encodeURIComponent(value));
  return parts.join('/') + place.search + place.hash;
}
