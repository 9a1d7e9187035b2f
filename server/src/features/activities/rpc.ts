import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { ActivityService } from '@muster/api/activity';
import { parseOne } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { listActivities } from './list-activities.ts';
import type { ActivityRow } from './store.ts';

const toMessage = (row: ActivityRow) => ({
  name: `organizations/${row.organization_id}/activities/${row.seq}`,
  time: timestampFromDate(row.at),
  event: row.event,
  actor: row.name ?? '',
  target: row.target,
  targetDisplayName: row.target_name,
  project: row.project_id ? `projects/${row.project_id}` : '',
  projectDisplayName: row.project_name,
});

export const activityService: ServiceOf<typeof ActivityService> = {
  listActivities: async (ctx, request) => {
    const { items, nextPageToken } = await listActivities(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
    });
    return { activities: items.map(toMessage), nextPageToken };
  },
};
