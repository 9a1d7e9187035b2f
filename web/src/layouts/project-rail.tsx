import { ActionIcon, Avatar, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconDatabase, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useOrganization } from '../features/organizations/index.ts';
import { useProject, VisibilityTag } from '../features/projects/index.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/index.ts';
import classes from './project-layout.module.css';

/** The way around a project; foldable to icons, which is remembered. */
export function ProjectRail() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const project = useProject();
  const [folded, setFolded] = useLocalStorage({ key: 'muster.rail-folded', defaultValue: false });
  const label = folded ? t('shell.unfold') : t('shell.fold');
  return (
    <aside className={classes['rail']} data-folded={folded} aria-label={t('shell.project')}>
      <Group className={classes['header'] ?? ''} gap="sm" wrap="nowrap">
        <Avatar color="petrol" radius="md" name={project.displayName} aria-hidden="true" size={folded ? 'sm' : 'md'} />
        {!folded && <ProjectTitle />}
      </Group>
      <nav aria-label={t('shell.projectPages')} className={classes['links']}>
        <Tooltip label={t('shell.records')} position="right" disabled={!folded}>
          <NavLink className={classes['link'] ?? ''} to={paths.records(organization.slug, project.slug)}>
            <IconDatabase size={18} aria-hidden="true" />
            <span hidden={folded}>{t('shell.records')}</span>
          </NavLink>
        </Tooltip>
      </nav>
      <div className={classes['fold']}>
        <ActionIcon variant="subtle" color="gray" mt="md" ml={6} aria-label={label} onClick={() => setFolded(!folded)}>
          {folded ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
        </ActionIcon>
      </div>
    </aside>
  );
}

function ProjectTitle() {
  const { t } = useTranslation();
  const project = useProject();
  return (
    <Stack gap={2} style={{ minWidth: 0, flex: 1 }}>
      <Text fw={650} style={{ overflowWrap: 'anywhere' }} lineClamp={2}>
        {project.displayName}
      </Text>
      <Group gap={4}>
        <Text size="xs" c="dimmed" ff="monospace">
          {project.slug}
        </Text>
        <CopyButton value={project.slug} label={t('shell.copySlug')} />
        <VisibilityTag visibility={project.visibility} />
      </Group>
    </Stack>
  );
}
