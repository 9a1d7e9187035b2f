import { useQuery } from '@connectrpc/connect-query';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { ProjectService } from '@muster/api/project';
import { skipToken } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { organizationName, problemOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { useOrganizationIfAny } from '../organizations/index.ts';
import { actionsFrom, matching, pagesFrom, type Destination } from './pages.ts';

const [store, palette] = createSpotlight();

export const openPalette = palette.open;

/** ⌘K: projects, pages and actions, each only if its own page would show it. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [opened, setOpened] = useState(false);
  const organization = useOrganizationIfAny();
  const projects = useProjectHits(opened, query);
  const groups = [
    { label: t('palette.groups.projects'), hits: projects.hits },
    { label: t('palette.groups.pages'), hits: matching(pagesFrom(t, organization), query) },
    { label: t('palette.groups.actions'), hits: matching(actionsFrom(t, organization), query) },
  ].filter(({ hits }) => hits.length > 0);
  const empty = projects.problem?.sentence ?? (projects.pending ? t('ui.loading') : t('ui.noResult'));
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      scrollable
      maxHeight={420}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      aria-label={t('palette.title')}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.title')}
        maxLength={100}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, hits }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {hits.map((hit) => (
              <Spotlight.Action
                key={hit.id}
                label={hit.label}
                {...(hit.hint && { description: hit.hint })}
                onClick={() => void navigate(hit.path)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{empty}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useProjectHits(opened: boolean, query: string) {
  const organization = useOrganizationIfAny();
  const [search] = useDebouncedValue(query.trim(), 300);
  const list = useQuery(
    ProjectService.method.listProjects,
    opened && organization ? { parent: organizationName(organization.slug), search, pageSize: 8 } : skipToken,
    { placeholderData: (before) => before },
  );
  const hits: Destination[] = organization
    ? (list.data?.projects ?? []).map((project) => ({
        id: project.name,
        label: project.displayName,
        hint: project.slug,
        path: paths.project(organization.slug, project.slug),
      }))
    : [];
  return { hits, pending: list.isLoading, problem: list.error ? problemOf(list.error) : null };
}
