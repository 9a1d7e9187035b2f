import { Textarea, TextInput } from '@mantine/core';
import { ProjectVisibility } from '@muster/api/project';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormShell } from '../../ui/index.ts';
import { SlugField } from './slug-field.tsx';
import { useCreateProject } from './use-create-project.ts';
import { useProposedSlug } from './use-proposed-slug.ts';
import { VisibilityField } from './visibility-field.tsx';

/** Name, address, description, visibility; opens the project that was made. */
export function CreateProjectForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const [displayName, setDisplayName] = useState('');
  // Null as long as the slug follows the name.
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<ProjectVisibility>(ProjectVisibility.INTERNAL);
  const proposed = useProposedSlug(displayName);
  const slug = typedSlug ?? proposed;
  const { create, problem, pending } = useCreateProject();
  const submit = () => create({ displayName: displayName.trim(), slug, description, visibility });
  return (
    <FormShell
      onSubmit={submit}
      onCancel={onCancel}
      problem={problem}
      pending={pending}
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
      <SlugField value={slug} onChange={setTypedSlug} isRefused={problem?.reason.startsWith('slug_') ?? false} />
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
