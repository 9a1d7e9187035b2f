import { Grid, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { ActivityCard } from '../activities/index.ts';
import { NewProjectDialog, ProjectsCard } from '../projects/index.ts';
import { Counters } from './counters.tsx';
import { mayInOrganization, useOrganization } from './current-organization.ts';
import { IdentityCard } from './identity-card.tsx';

/** `/{org}`: who one is here, three figures, the projects, and what happened lately. */
export function HomePage() {
  const organization = useOrganization();
  useDocumentTitle(`${organization.displayName} · Muster`);
  const seesActivity = mayInOrganization(organization, 'activities.view');
  return (
    <Stack gap="md">
      <Grid gap="md" align="stretch">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <IdentityCard />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Counters />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: seesActivity ? 7 : 12 }}>
          <ProjectsCard />
        </Grid.Col>
        {seesActivity && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <ActivityCard />
          </Grid.Col>
        )}
      </Grid>
      <NewProjectDialog />
    </Stack>
  );
}
