import { Radio, Stack } from '@mantine/core';
import { ProjectVisibility } from '@muster/api/project';
import { useTranslation } from 'react-i18next';

interface VisibilityFieldProps {
  value: ProjectVisibility;
  onChange: (visibility: ProjectVisibility) => void;
}

export function VisibilityField({ value, onChange }: VisibilityFieldProps) {
  const { t } = useTranslation();
  const choices = [
    { visibility: ProjectVisibility.PRIVATE, label: t('projects.private'), line: t('projects.privateLine') },
    { visibility: ProjectVisibility.INTERNAL, label: t('projects.internal'), line: t('projects.internalLine') },
  ];
  return (
    <Radio.Group
      label={t('projects.visibility')}
      value={String(value)}
      onChange={(chosen) => {
        const choice = choices.find(({ visibility }) => String(visibility) === chosen);
        if (choice) onChange(choice.visibility);
      }}
    >
      <Stack gap="sm" mt="xs">
        {choices.map(({ visibility, label, line }) => (
          <Radio key={visibility} value={String(visibility)} label={label} description={line} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
