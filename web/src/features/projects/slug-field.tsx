import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrganization } from '../organizations/index.ts';

interface SlugFieldProps {
  value: string;
  onChange: (slug: string) => void;
  /** The server would not have this one; the sentence stands under the form. */
  isRefused: boolean;
}

/** The last part of a project's address, below the part that is fixed. */
export function SlugField({ value, onChange, isRefused }: SlugFieldProps) {
  const { t } = useTranslation();
  const organization = useOrganization();
  return (
    <TextInput
      required
      label={t('projects.url')}
      description={t('projects.slugRule', { address: `${window.location.host}/${organization.slug}/${value}` })}
      maxLength={40}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      error={isRefused}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
    />
  );
}
