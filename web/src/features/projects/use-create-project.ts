import { useMutation } from '@connectrpc/connect-query';
import { ActivityService } from '@muster/api/activity';
import { OrganizationService } from '@muster/api/organization';
import { ProjectService, type ProjectVisibility } from '@muster/api/project';
import { useNavigate } from 'react-router';
import { organizationName, problemOf, useRefresh, useRequestKey } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { useOrganization } from '../organizations/index.ts';

interface NewProject {
  displayName: string;
  slug: string;
  description: string;
  visibility: ProjectVisibility;
}

/** Creates a project in the organization of the address, and opens it. */
export function useCreateProject() {
  const navigate = useNavigate();
  const organization = useOrganization();
  const refresh = useRefresh();
  const key = useRequestKey();
  const mutation = useMutation(ProjectService.method.createProject, {
    onSuccess: async (project) => {
      await navigate(paths.project(organization.slug, project.slug));
      await refresh(
        ProjectService.method.listProjects,
        OrganizationService.method.getOrganizationCounters,
        ActivityService,
      );
    },
    onError: key.refused,
  });
  return {
    create: (project: NewProject) =>
      mutation.mutate({ ...project, parent: organizationName(organization.slug), requestId: key.current() }),
    problem: mutation.error ? problemOf(mutation.error) : null,
    pending: mutation.isPending,
  };
}
