import { Badge } from '@mantine/core';
import { ProjectVisibility } from '@muster/api/project';
import { IconBuilding, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Who may open a project, in one word. */
export function VisibilityTag({ visibility }: { visibility: ProjectVisibility }) {
  const { t } = useTranslation();
  const isPrivate = visibility === ProjectVisibility.PRIVATE;
  return (
    <Badge
      variant="light"
      color={isPrivate ? 'petrol' : 'gray'}
      tt="none"
      fw={550}
      style={{ flex: 'none' }}
      leftSection={
        isPrivate ? <IconLock size={12} aria-hidden="true" /> : <IconBuilding size={12} aria-hidden="true" />
      }
    >
      {isPrivate ? t('projects.private') : t('projects.internal')}
    </Badge>
  );
}
