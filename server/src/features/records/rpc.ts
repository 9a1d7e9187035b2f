import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { RecordService } from '@muster/api/record';
import { parseOne, parseTwo } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { optionalNs, optionalTime } from '../../platform/wire/times.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { getRecord } from './get-record.ts';
import { listRecords } from './list-records.ts';
import type { RecordRow } from './store.ts';
import { undeleteRecord } from './undelete-record.ts';
import { updateRecord } from './update-record.ts';

const toMessage = (row: RecordRow) => {
  const [startTime, endTime, deleteTime, purgeTime] = [
    optionalNs(row.start_ns),
    optionalNs(row.end_ns),
    optionalTime(row.delete_time),
    optionalTime(row.purge_time),
  ];
  return {
    name: `projects/${row.project_id}/records/${row.id}`,
    title: row.title,
    description: row.description,
    creator: row.creator,
    fileCount: row.file_count,
    byteSize: row.byte_size,
    playableSeconds: Number(row.playable_ns) / 1e9,
    createTime: timestampFromDate(row.create_time),
    updateTime: timestampFromDate(row.update_time),
    version: row.version,
    ...(startTime && { startTime }),
    ...(endTime && { endTime }),
    ...(deleteTime && { deleteTime }),
    ...(purgeTime && { purgeTime }),
  };
};

function recordOf(name: string): { project: string; record: string } {
  const [project, record] = parseTwo('projects/*/records/*', name);
  return { project, record };
}

export const recordService: ServiceOf<typeof RecordService> = {
  createRecord: async (ctx, request) =>
    toMessage(await createRecord(ctx, { ...request, project: parseOne('projects/*', request.parent) })),
  getRecord: async (ctx, request) => toMessage(await getRecord(ctx, recordOf(request.name))),
  listRecords: async (ctx, request) => {
    const { items, nextPageToken } = await listRecords(ctx, {
      ...request,
      project: parseOne('projects/*', request.parent),
    });
    return { records: items.map(toMessage), nextPageToken };
  },
  updateRecord: async (ctx, request) => {
    const { record } = request;
    const changed = await updateRecord(ctx, {
      ...recordOf(record?.name ?? ''),
      title: record?.title ?? '',
      description: record?.description ?? '',
      version: record?.version ?? 0n,
      fields: request.updateMask?.paths ?? [],
    });
    return toMessage(changed);
  },
  deleteRecord: async (ctx, request) => toMessage(await deleteRecord(ctx, recordOf(request.name))),
  undeleteRecord: async (ctx, request) => toMessage(await undeleteRecord(ctx, recordOf(request.name))),
};
