import { useMutation } from '@connectrpc/connect-query';
import { Anchor, Checkbox, TextInput } from '@mantine/core';
import { OrganizationService } from '@muster/api/organization';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { instanceFacts, problemOf, useRefresh, useRequestKey, type InstanceFacts } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { FormShell } from '../../ui/index.ts';
import { SlugField } from './slug-field.tsx';
import { proposeOrganizationSlug } from './slug.ts';

/** Name, slug and agreement; opens the home page of what was made. */
export function NewOrganizationForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const key = useRequestKey();
  const facts = useQuery(instanceFacts);
  const [displayName, setDisplayName] = useState('');
  // Null as long as the slug follows the name.
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const [agreed, setAgreed] = useState(false);
  const slug = typedSlug ?? proposeOrganizationSlug(displayName);
  const hasTerms = Boolean(facts.data?.termsUrl ?? facts.data?.privacyUrl);

  const create = useMutation(OrganizationService.method.createOrganization, {
    onSuccess: async (organization) => {
      await refresh(OrganizationService.method.listOrganizations);
      await navigate(paths.home(organization.slug));
    },
    onError: key.refused,
  });
  const submit = () =>
    create.mutate({
      displayName: displayName.trim(),
      slug,
      termsAccepted: !hasTerms || agreed,
      requestId: key.current(),
    });

  const blockedBy = !displayName.trim()
    ? t('organizations.needsName')
    : !slug
      ? t('organizations.needsSlug')
      : hasTerms && !agreed
        ? t('errors.terms_required')
        : null;
  return (
    <FormShell
      wide
      onSubmit={submit}
      problem={create.error ? problemOf(create.error) : null}
      pending={create.isPending}
      submitLabel={t('organizations.create')}
      blockedBy={facts.isLoading ? t('ui.loading') : blockedBy}
    >
      <TextInput
        required
        data-autofocus
        autoComplete="organization"
        label={t('organizations.name')}
        maxLength={64}
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <SlugField value={slug} onChange={setTypedSlug} />
      {facts.data && hasTerms && <Agreement facts={facts.data} agreed={agreed} onChange={setAgreed} />}
    </FormShell>
  );
}

interface AgreementProps {
  facts: InstanceFacts;
  agreed: boolean;
  onChange: (agreed: boolean) => void;
}

function Agreement({ facts, agreed, onChange }: AgreementProps) {
  const { t } = useTranslation();
  const link = (url: string | null) =>
    url ? <Anchor href={url} target="_blank" rel="noreferrer" inherit /> : <span />;
  return (
    <Checkbox
      checked={agreed}
      onChange={(event) => onChange(event.currentTarget.checked)}
      label={<Trans t={t} i18nKey="organizations.agree" components={[link(facts.termsUrl), link(facts.privacyUrl)]} />}
    />
  );
}
