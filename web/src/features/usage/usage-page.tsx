import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@connectrpc/connect-query';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { UsageService, type UsageOverview } from '@muster/api/usage';
import { IconClock, IconDatabase, IconRobot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded, organizationName } from '../../api/index.ts';
import { formatCount, PageHeader, PageTabs, Time } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import { formatDecimal } from './decimal.ts';
import { MeterCard } from './meter-card.tsx';
import { UsageRows } from './usage-rows.tsx';

const ROWS = '?tab=rows&meter=storage.live';

/** Usage & Billing: the cards, and on a tab of their own the rows behind the storage number. */
export function UsagePage() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const [tab] = useUrlParam('tab');
  const query = useQuery(UsageService.method.getUsageOverview, { parent: organizationName(organization.slug) });
  return (
    <Stack gap="md">
      <PageHeader title={t('usage.title')} />
      <PageTabs label={t('usage.tabs')} tight>
        <Link to="?" aria-current={tab === 'rows' ? undefined : 'page'}>
          {t('usage.overview')}
        </Link>
        <Link to={ROWS} aria-current={tab === 'rows' ? 'page' : undefined}>
          {t('usage.rows')}
        </Link>
      </PageTabs>
      <Loaded query={query} page>
        {(overview) => (
          <>
            {tab === 'rows' ? <UsageRows position={overview.ledgerPosition} /> : <Cards overview={overview} />}
            {overview.asOf && (
              <Text size="sm" c="dimmed">
                {t('usage.asOf')} <Time value={timestampDate(overview.asOf)} />
              </Text>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Cards({ overview }: { overview: UsageOverview }) {
  const { t } = useTranslation();
  const storage = overview.storage;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <MeterCard
        title={t('usage.storage')}
        icon={<IconDatabase size={20} aria-hidden="true" />}
        value={formatDecimal(storage?.bytes ?? 0n)}
        definition={t('usage.storageDefinition')}
        lines={[
          t('ui.bytes', { bytes: formatCount(storage?.bytes ?? 0n) }),
          t('usage.trash', { size: formatDecimal(storage?.trashBytes ?? 0n) }),
          t('usage.freeing', { size: formatDecimal(storage?.freeingBytes ?? 0n) }),
          t('usage.reserved', { size: formatDecimal(storage?.reservedBytes ?? 0n) }),
        ]}
        rows={ROWS}
      />
      <MeterCard
        title={t('usage.devices')}
        icon={<IconRobot size={20} aria-hidden="true" />}
        value={t('usage.units', {
          count: Number(overview.activeDeviceCount),
          figure: formatCount(overview.activeDeviceCount),
        })}
        definition={t('usage.devicesDefinition')}
        lines={[
          t('usage.seenToday', { figure: formatCount(overview.activeDeviceTodayCount) }),
          t('usage.registered', { figure: formatCount(overview.registeredDeviceCount) }),
        ]}
      />
      <MeterCard
        title={t('usage.compute')}
        icon={<IconClock size={20} aria-hidden="true" />}
        value={t('usage.minutes', { figure: formatCount(overview.computeTodayUs / 60_000_000n) })}
        definition={t('usage.computeDefinition')}
        lines={[t('usage.monthSoFar', { figure: formatCount(overview.computeMonthUs / 60_000_000n) })]}
      />
    </SimpleGrid>
  );
}
