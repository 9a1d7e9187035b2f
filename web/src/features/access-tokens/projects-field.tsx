import { MultiSelect } from '@mantine/core';
import { useQuery } from '@connectrpc/connect-query';
import type { Organization } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { useTranslation } from 'react-i18next';

/** As many projects as one token may be bound to. */
const MOST = 100;

interface ProjectsFieldProps {
  organization: Organization;
  /** Resource names; none means all. */
  value: string[];
  onChange: (projects: string[]) => void;
}

/** The only projects a token may see. */
export function ProjectsField({ organization, value, onChange }: ProjectsFieldProps) {
  const { t } = useTranslation();
  const { data } = useQuery(ProjectService.method.listProjects, { parent: organization.name, pageSize: 1000 });
  return (
    <MultiSelect
      label={t('tokens.projects')}
      placeholder={value.length === 0 ? t('tokens.allProjects') : ''}
      data={(data?.projects ?? []).map((project) => ({ value: project.name, label: project.displayName }))}
      value={value}
      onChange={onChange}
      maxValues={MOST}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
      nothingFoundMessage={t('ui.noResult')}
    />
  );
}
