import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { mayInOrganization, useOrganization } from '../organizations/index.ts';
import { CreateProjectForm } from './create-form.tsx';

/** The button that opens the dialog, for those who may create projects. */
export function NewProjectButton() {
  const { t } = useTranslation();
  const [, setNew] = useUrlParam('new');
  const organization = useOrganization();
  if (!mayInOrganization(organization, 'projects.create')) return null;
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setNew('project', 'push')}>
      {t('projects.new')}
    </Button>
  );
}

/** The dialog at `?new=project`. */
export function NewProjectDialog() {
  const { t } = useTranslation();
  const [what, setNew] = useUrlParam('new');
  const organization = useOrganization();
  const close = () => setNew('');
  return (
    <Dialog
      opened={what === 'project' && mayInOrganization(organization, 'projects.create')}
      onClose={close}
      title={t('projects.createTitle')}
      size="lg"
    >
      <CreateProjectForm onCancel={close} />
    </Dialog>
  );
}
