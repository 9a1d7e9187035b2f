import { Avatar, Group, SimpleGrid, Text } from '@mantine/core';
import type { Project } from '@muster/api/project';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { Card, EmptyState, formatCount, LoadingRows, MoreButton, SearchField } from '../../ui/index.ts';
import { useOrganization } from '../organizations/index.ts';
import { NewProjectButton } from './new-project.tsx';
import classes from './projects-card.module.css';
import { ClearFilters } from './clear-filters.tsx';
import { plainText } from './plain-text.ts';
import { useProjectFilter } from './use-project-filter.ts';
import { VisibilityFilter } from './visibility-filter.tsx';
import { VisibilityTag } from './visibility-tag.tsx';

/** All projects one may open, as cards with a search. */
export function ProjectsCard() {
  const { t } = useTranslation();
  const { projects, search, setSearch, isFiltered, reset, isNothingYet } = useProjectFilter(24);
  return (
    <Card title={t('projects.title')} actions={!isNothingYet && <NewProjectButton />}>
      {!isNothingYet && (
        <Group mb="md">
          <SearchField label={t('projects.search')} value={search} onChange={setSearch} />
          <VisibilityFilter isFiltered={isFiltered} onReset={reset} />
        </Group>
      )}
      <Loaded query={projects} loading={<LoadingRows rows={3} height={96} />}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.projects);
          if (all.length > 0) return <Grid projects={all} />;
          if (isFiltered) return <EmptyState sentence={t('ui.noResult')} action={<ClearFilters onClear={reset} />} />;
          return <EmptyState sentence={t('projects.none')} action={<NewProjectButton />} />;
        }}
      </Loaded>
      <MoreButton {...projects} />
    </Card>
  );
}

function Grid({ projects }: { projects: Project[] }) {
  return (
    <SimpleGrid
      component="ul"
      type="container"
      cols={{ base: 1, '34rem': 2 }}
      spacing="sm"
      className={classes['list'] ?? ''}
    >
      {projects.map((project) => (
        <ProjectCard key={project.name} project={project} />
      ))}
    </SimpleGrid>
  );
}

function ProjectCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const organization = useOrganization();
  return (
    <li className={classes['card']}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Avatar color="petrol" radius="md" name={project.displayName} aria-hidden="true" />
        <div className={classes['names']}>
          <Link className={classes['link']} to={paths.project(organization.slug, project.slug)}>
            {project.displayName}
          </Link>
          <Text size="xs" c="dimmed" ff="monospace" truncate>
            {project.slug}
          </Text>
        </div>
      </Group>
      {project.description && (
        <Text size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
          {plainText(project.description)}
        </Text>
      )}
      <Group justify="space-between" mt="auto" gap="xs">
        <Text size="xs" c="dimmed">
          {t('projects.records', { count: Number(project.recordCount), figure: formatCount(project.recordCount) })}
        </Text>
        <VisibilityTag visibility={project.visibility} />
      </Group>
    </li>
  );
}
