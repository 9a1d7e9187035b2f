import type { Context } from '../../platform/context.ts';

export type UploadRow = NonNullable<Awaited<ReturnType<typeof findUpload>>>;

const COLUMNS = [
  'id',
  'record_id',
  'project_id',
  'account_id',
  'path',
  'byte_size',
  'received',
  'sha256',
  'file_id',
  'expire_time',
  'end_time',
] as const;

export function findUpload(ctx: Context, organizationId: string, id: string) {
  return ctx.db
    .selectFrom('uploads')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function lockUpload(ctx: Context, organizationId: string, id: string) {
  return ctx.db
    .selectFrom('uploads')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export interface NewUpload {
  readonly organizationId: string;
  readonly id: string;
  readonly recordId: string;
  readonly projectId: string;
  readonly accountId: string;
  readonly path: string;
  readonly byteSize: bigint;
  readonly sha256: Buffer | null;
  readonly reserveUntil: Date;
  readonly expireTime: Date;
}

export async function addUpload(ctx: Context, upload: NewUpload): Promise<void> {
  await ctx.db
    .insertInto('uploads')
    .values({
      organization_id: upload.organizationId,
      id: upload.id,
      record_id: upload.recordId,
      project_id: upload.projectId,
      account_id: upload.accountId,
      path: upload.path,
      byte_size: upload.byteSize,
      sha256: upload.sha256,
      reserve_until: upload.reserveUntil,
      expire_time: upload.expireTime,
      create_time: ctx.platform.clock.now(),
    })
    .execute();
}

export async function countPart(
  ctx: Context,
  organizationId: string,
  id: string,
  received: bigint,
  reserveUntil: Date,
  expireTime: Date,
): Promise<void> {
  await ctx.db
    .updateTable('uploads')
    .set({ received, reserve_until: reserveUntil, expire_time: expireTime })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
}

export async function endUpload(
  ctx: Context,
  organizationId: string,
  id: string,
  fileId: string | null,
): Promise<void> {
  await ctx.db
    .updateTable('uploads')
    .set({ end_time: ctx.platform.clock.now(), file_id: fileId })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute();
}
