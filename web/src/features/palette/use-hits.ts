import { useQuery } from '@connectrpc/connect-query';
import { useDebouncedValue } from '@mantine/hooks';
import { ProjectService } from '@muster/api/project';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organizationName, problemOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { useOrganizationIfAny } from '../organizations/index.ts';
import { actionsFrom, matching, pagesFrom, type Destination } from './pages.ts';

/** Hits of one kind under their heading. */
export interface HitGroup {
  id: string;
  label: string;
  hits: Destination[];
}

const MOST_HITS = 8;

/** What a query finds: projects from the server, pages and actions from here. */
export function useHits(query: string): { groups: HitGroup[]; message: string } {
  const { t } = useTranslation();
  const organization = useOrganizationIfAny();
  const [search] = useDebouncedValue(query.trim(), 300);
  const projects = useQuery(
    ProjectService.method.listProjects,
    { parent: organizationName(organization?.slug ?? ''), search, pageSize: MOST_HITS },
    { enabled: organization !== null, placeholderData: keepPreviousData },
  );
  const projectHits = organization
    ? (projects.data?.projects ?? []).map((project) => ({
        id: project.name,
        label: project.displayName,
        hint: project.slug,
        path: paths.project(organization.slug, project.slug),
      }))
    : [];
  const groups = [
    { id: 'projects', label: t('palette.groups.projects'), hits: projectHits },
    { id: 'pages', label: t('palette.groups.pages'), hits: matching(pagesFrom(t, organization), query) },
    { id: 'actions', label: t('palette.groups.actions'), hits: matching(actionsFrom(t, organization), query) },
  ].filter(({ hits }) => hits.length > 0);
  const waiting = projects.isFetching || search !== query.trim();
  const found = waiting ? t('ui.loading') : t('ui.noResult');
  return { groups, message: projects.error ? problemOf(projects.error).sentence : groups.length > 0 ? '' : found };
}
