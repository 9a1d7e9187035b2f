import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Record } from '@muster/api/record';
import { formatBytes } from '../../output.ts';
import type { Columns } from '../../output.ts';

export const recordColumns: Columns<Record> = [
  ['title', (record) => record.title],
  ['files', (record) => String(record.fileCount)],
  ['size', (record) => formatBytes(record.byteSize)],
  ['seconds', (record) => record.playableSeconds.toFixed(1)],
  ['created', (record) => (record.createTime ? timestampDate(record.createTime).toISOString() : '')],
  ['resource', (record) => record.name],
];
