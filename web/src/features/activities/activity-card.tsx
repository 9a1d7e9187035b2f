import { useInfiniteQuery } from '@connectrpc/connect-query';
import { SegmentedControl } from '@mantine/core';
import { ActivityService } from '@muster/api/activity';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded, organizationName } from '../../api/index.ts';
import { Card, EmptyState, MoreButton } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { useOrganization } from '../organizations/index.ts';
import classes from './activity-card.module.css';
import { ActivityRow } from './activity-row.tsx';

/** What happened lately, everybody's or one's own; asked for again every ten seconds. */
export function ActivityCard() {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const [whose, setWhose] = useUrlParam('activity');
  const activities = useInfiniteQuery(
    ActivityService.method.listActivities,
    { parent: organizationName(slug), pageSize: 20, pageToken: '', mine: whose === 'mine' },
    {
      pageParamKey: 'pageToken',
      getNextPageParam: (last) => last.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 10_000,
    },
  );
  const tabs = (
    <SegmentedControl
      size="xs"
      aria-label={t('activities.whose')}
      value={whose === 'mine' ? 'mine' : 'all'}
      onChange={(value) => setWhose(value === 'mine' ? 'mine' : '')}
      data={[
        { value: 'all', label: t('activities.all') },
        { value: 'mine', label: t('activities.mine') },
      ]}
    />
  );
  return (
    <Card title={t('activities.title')} actions={tabs}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls is reached by keyboard. */}
      <div className={classes['scroll']} role="region" aria-label={t('activities.list')} tabIndex={0}>
        <Loaded query={activities}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.activities);
            if (rows.length === 0) return <EmptyState sentence={t('activities.none')} />;
            return (
              <ul className={classes['rows']}>
                {rows.map((activity) => (
                  <ActivityRow key={activity.name} activity={activity} />
                ))}
              </ul>
            );
          }}
        </Loaded>
        <MoreButton {...activities} />
      </div>
    </Card>
  );
}
