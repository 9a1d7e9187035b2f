import { projectIdOf, recordIdOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';

/** The page that shows what a resource name means: of a file its record, of anything unknown none. */
export function addressOf(organization: string, name: string): string | null {
  const project = projectIdOf(name);
  if (!project)
    return name.startsWith('organizations/') && name.split('/').length === 2 ? paths.home(organization) : null;
  const record = recordIdOf(name);
  return record ? paths.record(organization, project, record) : paths.project(organization, project);
}
