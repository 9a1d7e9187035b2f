import { Anchor, Group, Stack } from '@mantine/core';
import type { Project } from '@muster/api/project';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import {
  DataTable,
  EmptyState,
  formatCount,
  MoreButton,
  PageHeader,
  SearchField,
  Time,
  type Column,
} from '../../ui/index.ts';
import { useOrganization } from '../organizations/index.ts';
import { ClearFilters } from './clear-filters.tsx';
import { NewProjectButton, NewProjectDialog } from './new-project.tsx';
import { useProjectFilter } from './use-project-filter.ts';
import { VisibilityFilter } from './visibility-filter.tsx';
import { VisibilityTag } from './visibility-tag.tsx';

const columns = (t: TFunction, organization: string): Column<Project>[] => [
  {
    id: 'name',
    header: t('projects.columns.name'),
    isName: true,
    cell: (project) => (
      <Anchor component={Link} to={paths.project(organization, project.slug)} fw={600}>
        {project.displayName}
      </Anchor>
    ),
  },
  { id: 'slug', header: t('projects.columns.slug'), cell: (project) => project.slug },
  {
    id: 'visibility',
    header: t('projects.visibility'),
    cell: (project) => <VisibilityTag visibility={project.visibility} />,
  },
  {
    id: 'records',
    header: t('projects.columns.records'),
    align: 'right',
    cell: (project) => formatCount(project.recordCount),
  },
  {
    id: 'created',
    header: t('projects.columns.created'),
    cell: (project) => project.createTime && <Time value={timestampDate(project.createTime)} />,
  },
];

/** The tab Projects of Organization Management. */
export function ManagementPage() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const { projects, search, setSearch, isFiltered, reset, isNothingYet } = useProjectFilter(20);
  return (
    <Stack gap="md">
      <PageHeader title={t('projects.title')} actions={!isNothingYet && <NewProjectButton />} />
      {!isNothingYet && (
        <Group>
          <SearchField label={t('projects.search')} value={search} onChange={setSearch} />
          <VisibilityFilter isFiltered={isFiltered} onReset={reset} />
        </Group>
      )}
      <Loaded query={projects}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.projects);
          if (rows.length > 0) {
            return (
              <DataTable
                label={t('projects.title')}
                columns={columns(t, organization.slug)}
                rows={rows}
                rowKey={(project) => project.name}
              />
            );
          }
          if (isFiltered) return <EmptyState sentence={t('ui.noResult')} action={<ClearFilters onClear={reset} />} />;
          return <EmptyState sentence={t('projects.none')} action={<NewProjectButton />} />;
        }}
      </Loaded>
      <MoreButton {...projects} />
      <NewProjectDialog />
    </Stack>
  );
}
