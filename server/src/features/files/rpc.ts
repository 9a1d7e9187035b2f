import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { RecordingState } from '@muster/api/file';
import type { FileService } from '@muster/api/file';
import { Refusal } from '../../platform/errors.ts';
import { parseName, parseTwo } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { optionalNs, optionalTime } from '../../platform/wire/times.ts';
import { readContent } from './content.ts';
import { deleteFile } from './delete-file.ts';
import { getFile } from './get-file.ts';
import { listFiles } from './list-files.ts';
import { downloadPath } from './rules.ts';
import type { FileRow } from './store.ts';
import { undeleteFile } from './undelete-file.ts';
import { fileName } from './views.ts';
import type { FileName } from './views.ts';

const STATES = {
  pending: RecordingState.PENDING,
  ready: RecordingState.READY,
  partial: RecordingState.PARTIAL,
  failed: RecordingState.FAILED,
} as const;

function recordingOf(row: FileRow) {
  if (!row.format || !row.state) return {};
  const content = readContent(row.content);
  const [startTime, endTime] = [optionalNs(row.start_ns), optionalNs(row.end_ns)];
  const topics = content.topics.map((topic) => {
    const [first, last] = [optionalNs(topic.startNs), optionalNs(topic.endNs)];
    return {
      topic: topic.topic,
      schemaName: topic.schemaName,
      schemaEncoding: topic.schemaEncoding,
      messageEncoding: topic.messageEncoding,
      messageCount: topic.messageCount,
      ...(first && { startTime: first }),
      ...(last && { endTime: last }),
    };
  });
  const recording = {
    state: STATES[row.state],
    format: row.format,
    profile: content.profile,
    library: content.library,
    indexed: content.indexed,
    messageCount: row.message_count ?? 0n,
    outlierCount: content.outlierCount,
    chunkCount: BigInt(content.chunkCount),
    compressions: content.compressions,
    attachmentCount: BigInt(content.attachmentCount),
    metadataCount: BigInt(content.metadataCount),
    durationSeconds: row.start_ns !== null && row.end_ns !== null ? Number(row.end_ns - row.start_ns) / 1e9 : 0,
    topics,
    problemReason: row.problem_reason ?? '',
    problem: row.problem ?? '',
    ...(startTime && { startTime }),
    ...(endTime && { endTime }),
  };
  return { recording };
}

function toMessage(row: FileRow) {
  const name = fileName(row);
  const deleteTime = optionalTime(row.delete_time);
  return {
    name,
    path: row.path,
    byteSize: row.byte_size,
    sha256: row.sha256.toString('hex'),
    creator: row.creator,
    createTime: timestampFromDate(row.create_time),
    downloadPath: downloadPath(name),
    ...(deleteTime && { deleteTime }),
    ...recordingOf(row),
  };
}

function parseFileName(name: string): FileName {
  const [project, record, path] = parseName('projects/*/records/*/files/**', name);
  if (!project || !record || !path) throw new Refusal('not_found');
  return { project, record, path };
}

export const fileService: ServiceOf<typeof FileService> = {
  getFile: async (ctx, request) => toMessage(await getFile(ctx, parseFileName(request.name))),
  listFiles: async (ctx, request) => {
    const [project, record] = parseTwo('projects/*/records/*', request.parent);
    const { items, nextPageToken } = await listFiles(ctx, { ...request, project, record });
    return { files: items.map(toMessage), nextPageToken };
  },
  deleteFile: async (ctx, request) => toMessage(await deleteFile(ctx, parseFileName(request.name))),
  undeleteFile: async (ctx, request) => toMessage(await undeleteFile(ctx, parseFileName(request.name))),
};
