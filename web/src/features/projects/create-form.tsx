import { useMutation, useQuery } from '@connectrpc/connect-query';
import { Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ActivityService } from '@muster/api/activity';
import { OrganizationService } from '@muster/api/organization';
import { ProjectService, ProjectVisibility } from '@muster/api/project';
import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { organizationName, problemOf, useRefresh, useRequestKey } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { FormShell } from '../../ui/index.ts';
import { useOrganization } from '../organizations/index.ts';
import { proposeProjectSlug } from './slug.ts';
import { VisibilityField } from './visibility-field.tsx';

/** Slugs in use that begin like the one proposed, so that the proposal can step aside. */
function useTakenSlugs(name: string): string[] {
  const { slug } = useOrganization();
  const [wanted] = useDebouncedValue(proposeProjectSlug(name, []), 300);
  const { data } = useQuery(
    ProjectService.method.listProjects,
    wanted ? { parent: organizationName(slug), search: wanted, pageSize: 100 } : skipToken,
  );
  return data?.projects.map((project) => project.slug) ?? [];
}

/** Name, address, description, visibility; opens the project that was made. */
export function CreateProjectForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const organization = useOrganization();
  const refresh = useRefresh();
  const key = useRequestKey();
  const [displayName, setDisplayName] = useState('');
  // Null as long as the slug follows the name.
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<ProjectVisibility>(ProjectVisibility.INTERNAL);
  const slug = typedSlug ?? proposeProjectSlug(displayName, useTakenSlugs(displayName));
  const prefix = `${window.location.host}/${organization.slug}/`;

  const create = useMutation(ProjectService.method.createProject, {
    onSuccess: async (project) => {
      await navigate(paths.project(organization.slug, project.slug));
      await refresh(
        ProjectService.method.listProjects,
        OrganizationService.method.getOrganizationCounters,
        ActivityService,
      );
    },
    onError: (error) => {
      if (!['network', 'unavailable'].includes(problemOf(error).reason)) key.renew();
    },
  });
  const problem = create.error ? problemOf(create.error) : null;
  const parent = organizationName(organization.slug);
  const submit = () =>
    create.mutate({ parent, displayName: displayName.trim(), slug, description, visibility, requestId: key.current() });
  return (
    <FormShell
      onSubmit={submit}
      onCancel={onCancel}
      problem={problem}
      pending={create.isPending}
      submitLabel={t('projects.create')}
      blockedBy={!displayName.trim() ? t('projects.needsName') : !slug ? t('projects.needsSlug') : null}
    >
      <TextInput
        required
        data-autofocus
        label={t('projects.name')}
        maxLength={64}
        autoComplete="off"
        error={problem?.reason === 'name_taken'}
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <TextInput
        required
        label={t('projects.url')}
        description={t('projects.slugRule')}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={problem?.reason.startsWith('slug_') ?? false}
        value={slug}
        onChange={(event) => setTypedSlug(event.currentTarget.value.toLowerCase())}
        inputContainer={(input) => (
          <>
            <Text size="sm" c="dimmed" mb={4} style={{ overflowWrap: 'anywhere' }}>
              {prefix}
            </Text>
            {input}
          </>
        )}
      />
      <Textarea
        label={t('projects.description')}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <VisibilityField value={visibility} onChange={setVisibility} />
    </FormShell>
  );
}
