import { Button, Chip, Group } from '@mantine/core';
import { ProjectVisibility } from '@muster/api/project';
import { useTranslation } from 'react-i18next';
import { useUrlParam } from '../../url-param.ts';

const CHOICES = [
  { id: 'private', visibility: ProjectVisibility.PRIVATE, label: 'projects.private' },
  { id: 'internal', visibility: ProjectVisibility.INTERNAL, label: 'projects.internal' },
] as const;

/** The visibilities chosen in the address, as `?visibility=private,internal`; none means all. */
export function useVisibilities(): ProjectVisibility[] {
  const [chosen] = useUrlParam('visibility');
  const ids = chosen.split(',');
  return CHOICES.filter(({ id }) => ids.includes(id)).map(({ visibility }) => visibility);
}

interface VisibilityFilterProps {
  /** Whether anything is filtered, here or beside it: then all of it can be taken back. */
  isFiltered: boolean;
  onReset: () => void;
}

/** Which projects to show by who may open them. */
export function VisibilityFilter({ isFiltered, onReset }: VisibilityFilterProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useUrlParam('visibility');
  return (
    <Group gap="xs" role="group" aria-label={t('projects.visibility')}>
      <Chip.Group multiple value={chosen.split(',')} onChange={(ids) => setChosen(ids.filter(Boolean).join(','))}>
        {CHOICES.map(({ id, label }) => (
          <Chip key={id} value={id} size="sm" radius="md" variant="outline">
            {t(label)}
          </Chip>
        ))}
      </Chip.Group>
      {isFiltered && (
        <Button variant="subtle" size="compact-sm" onClick={onReset}>
          {t('projects.reset')}
        </Button>
      )}
    </Group>
  );
}
