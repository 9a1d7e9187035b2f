import type { Organization } from '@muster/api/organization';
import type { TFunction } from 'i18next';
import { paths } from '../../paths.ts';

export interface Destination {
  id: string;
  label: string;
  path: string;
  /** Second line, such as a slug. */
  hint?: string;
}

const may = (organization: Organization, permission: string) => organization.permissions.includes(permission);

/** Pages one may open from here; those of an organization only inside one and with their permission. */
export function pagesFrom(t: TFunction, organization: Organization | null): Destination[] {
  const personal: Destination[] = [
    { id: 'account-general', label: t('palette.accountGeneral'), path: paths.accountGeneral() },
    { id: 'account-security', label: t('palette.accountSecurity'), path: paths.accountSecurity() },
    { id: 'organizations', label: t('palette.organizations'), path: paths.organizations() },
  ];
  if (!organization) return personal;
  const slug = organization.slug;
  const pages: Destination[] = [{ id: 'home', label: t('palette.home'), path: paths.home(slug) }];
  if (may(organization, 'organization.view')) {
    pages.push({ id: 'projects', label: t('palette.projects'), path: paths.organizationProjects(slug) });
  }
  if (may(organization, 'usage.view')) {
    pages.push({ id: 'usage', label: t('palette.usage'), path: paths.organizationUsage(slug) });
  }
  if (may(organization, 'audit.view')) {
    pages.push({ id: 'audit', label: t('palette.audit'), path: paths.organizationAudit(slug) });
  }
  return [...pages, ...personal];
}

/** What one may do from anywhere. */
export function actionsFrom(t: TFunction, organization: Organization | null): Destination[] {
  const actions: Destination[] = [];
  if (organization && may(organization, 'projects.create')) {
    actions.push({ id: 'new-project', label: t('palette.newProject'), path: paths.newProject(organization.slug) });
  }
  actions.push({ id: 'new-organization', label: t('palette.newOrganization'), path: paths.newOrganization() });
  return actions;
}

/** Those whose label holds every word of the query, ignoring case. */
export function matching(destinations: readonly Destination[], query: string): Destination[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return destinations.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word))).slice(0, 8);
}
