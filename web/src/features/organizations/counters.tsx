import { useQuery } from '@connectrpc/connect-query';
import { Paper, SimpleGrid, Text } from '@mantine/core';
import { OrganizationService } from '@muster/api/organization';
import { useTranslation } from 'react-i18next';
import { Loaded, organizationName } from '../../api/index.ts';
import { formatCount, LoadingRows } from '../../ui/index.ts';
import classes from './counters.module.css';
import { useOrganization } from './current-organization.ts';

/** Total projects, total records, devices: of the whole organization, at most a minute old. */
export function Counters() {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const counters = useQuery(
    OrganizationService.method.getOrganizationCounters,
    { name: organizationName(slug) },
    { refetchInterval: 30_000 },
  );
  return (
    <Paper
      component="section"
      aria-label={t('organizations.counters')}
      withBorder
      h="100%"
      p={{ base: 'md', sm: 'lg' }}
    >
      <Loaded query={counters} loading={<LoadingRows rows={1} height={72} />}>
        {({ projectCount, recordCount, deviceCount }) => (
          <SimpleGrid component="dl" cols={3} m={0} h="100%" className={classes['figures'] ?? ''}>
            <Figure label={t('organizations.totalProjects')} value={projectCount} />
            <Figure label={t('organizations.totalRecords')} value={recordCount} />
            <Figure label={t('organizations.devices')} value={deviceCount} />
          </SimpleGrid>
        )}
      </Loaded>
    </Paper>
  );
}

function Figure({ label, value }: { label: string; value: bigint }) {
  return (
    <div className={classes['figure']}>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <dd className={classes['value']}>{formatCount(value)}</dd>
    </div>
  );
}
