import { AuditService } from '@muster/api/audit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { sha256 } from '../../../test/tus.ts';
import { NOTHING, Workspace } from '../../../test/workspace.ts';
import { DAY, HOUR } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { sweep, sweepOrphans } from './index.ts';

let server: TestServer;
let work: Workspace;
let record: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  work = await Workspace.make(server);
  record = await work.record();
});

const has = (text: string): Promise<boolean> =>
  work.server.platform.blobs.has(idOf(work.organization.name), Buffer.from(sha256(text), 'hex'));

async function hasUpload(location: string): Promise<boolean> {
  const there = await Array.fromAsync(work.server.platform.blobs.listUploads());
  return there.some((row) => location.endsWith(row.uploadId));
}

const uploadRows = async (): Promise<number> =>
  (await server.owner.query('select from uploads where organization_id = $1', [idOf(work.organization.name)]))
    .rowCount ?? 0;

describe('an upload that nobody goes on with', () => {
  it('gives back what it reserved after 24 hours, and may still go on', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    server.clock.forward(23 * HOUR);
    await sweep(server.platform);
    expect(await work.usage()).toEqual({ ...NOTHING, reservedBytes: 10n });
    server.clock.forward(1 * HOUR);
    await sweep(server.platform);
    expect(await work.usage()).toEqual(NOTHING);
    expect((await work.tus.head(location)).offset).toBe(5);
    await work.tus.patch(location, 5, 'wor');
    // Each part renews it.
    expect(await work.usage()).toEqual({ ...NOTHING, reservedBytes: 10n });
    expect(await work.tus.patch(location, 8, 'ld')).toMatchObject({ status: 204 });
  });

  it('is over after 7 days, and its row and its bytes go', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 10);
    await work.tus.patch(location, 0, 'hello');
    server.clock.forward(7 * DAY - HOUR);
    await sweep(server.platform);
    expect(await hasUpload(location)).toBe(true);
    server.clock.forward(HOUR);
    expect(await work.tus.patch(location, 5, 'world')).toMatchObject({
      status: 410,
      body: { reason: 'upload_expired' },
    });
    await sweep(server.platform);
    expect(await hasUpload(location)).toBe(false);
    expect(await uploadRows()).toBe(0);
    expect((await work.tus.head(location)).status).toBe(410);
    expect(await work.ledgerRows('storage.live')).toBe(0n);
  });

  it('keeps its answer for late retries of the last part for 7 days', async () => {
    const { location } = await work.tus.begin(record, 'a.txt', 5, { body: 'hello' });
    server.clock.forward(6 * DAY);
    await sweep(server.platform);
    expect(await work.tus.head(location)).toMatchObject({ status: 200, offset: 5 });
    server.clock.forward(DAY);
    await sweep(server.platform);
    expect(await uploadRows()).toBe(0);
  });
});

describe('the trash', () => {
  it('keeps a deleted file for 7 days; then its row, its reference and its bytes go', async () => {
    const name = await work.tus.upload(record, 'a.txt', 'trashed bytes');
    await work.files.deleteFile({ name });
    server.clock.forward(7 * DAY - HOUR);
    await sweep(server.platform);
    expect(await work.usage()).toEqual({ ...NOTHING, trashBytes: 13n });
    expect(await has('trashed bytes')).toBe(true);
    server.clock.forward(HOUR);
    await sweep(server.platform);
    expect(await work.usage()).toEqual(NOTHING);
    expect(await work.list(record, true)).toEqual([]);
    expect(await has('trashed bytes')).toBe(false);
    const { auditEvents } = await server
      .client(AuditService, work.admin)
      .listAuditEvents({ parent: work.organization.name, search: 'file.purge' });
    expect(auditEvents).toHaveLength(1);
  });

  it('purges a record with all its files, and leaves what others still have', async () => {
    const other = await work.record();
    await work.tus.upload(record, 'only.txt', 'only here');
    await work.tus.upload(record, 'shared.txt', 'shared bytes');
    await work.tus.upload(other, 'shared.txt', 'shared bytes');
    await work.files.deleteFile({ name: await work.tus.upload(record, 'deleted.txt', 'deleted before') });
    await work.records.deleteRecord({ name: record });
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 12n, trashBytes: 9n + 14n });
    server.clock.forward(7 * DAY);
    await sweep(server.platform);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 12n });
    expect([await has('only here'), await has('deleted before'), await has('shared bytes')]).toEqual([
      false,
      false,
      true,
    ]);
    await expect(work.records.getRecord({ name: record })).rejects.toThrow('not_found');
  });

  it('purges everything that is due, however much it is', async () => {
    for (let index = 0; index < 130; index++) await work.tus.upload(record, 'same.txt', `version ${index}`);
    expect(await work.list(record, true)).toHaveLength(129);
    server.clock.forward(7 * DAY);
    await sweep(server.platform);
    expect(await work.list(record, true)).toEqual([]);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 11n });
  });

  it('gives back what was restored in time', async () => {
    const name = await work.tus.upload(record, 'a.txt', 'restored bytes');
    await work.files.deleteFile({ name });
    server.clock.forward(6 * DAY);
    await work.files.undeleteFile({ name });
    server.clock.forward(2 * DAY);
    await sweep(server.platform);
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 14n });
    expect(await has('restored bytes')).toBe(true);
  });

  it('takes a content that was erased once more, and books it anew', async () => {
    for (let round = 0; round < 4; round++) {
      const name = await work.tus.upload(record, 'again.txt', 'comes and goes');
      expect(await work.usage()).toEqual({ ...NOTHING, bytes: 14n });
      await work.files.deleteFile({ name });
      if (round % 2 === 1) {
        await work.files.undeleteFile({ name });
        await work.files.deleteFile({ name });
      }
      server.clock.forward(7 * DAY);
      await sweep(server.platform);
      expect(await work.usage()).toEqual(NOTHING);
    }
  });

  it('deletes, restores and purges a record of more files than a statement has parameters', async () => {
    const organizationId = idOf(work.organization.name);
    await work.tus.upload(record, 'first.txt', 'one content');
    const copy = (count: number) =>
      server.owner.query(
        `with source as (select * from files where organization_id = $1 and record_id = $2 limit 1),
          made as (insert into files (organization_id, id, record_id, project_id, path, sha256, byte_size, creator_id)
            select organization_id, gen_random_uuid(), record_id, project_id, 'f/' || n, sha256, byte_size, creator_id
            from source, generate_series(1, ${count}) n returning *)
        insert into blob_references (organization_id, kind, id, sha256, project_id)
        select organization_id, 'file', id, sha256, project_id from made`,
        [organizationId, idOf(record)],
      );
    await copy(70_000);
    await work.records.deleteRecord({ name: record });
    expect(await work.usage()).toEqual({ ...NOTHING, trashBytes: 11n });
    await work.records.undeleteRecord({ name: record });
    expect(await work.usage()).toEqual({ ...NOTHING, bytes: 11n });
    await work.records.deleteRecord({ name: record });
    server.clock.forward(7 * DAY);
    await sweep(server.platform);
    expect(await work.usage()).toEqual(NOTHING);
  }, 120_000);
});

describe('bytes that no row knows of', () => {
  it('go when they are old, and stay while a request may still commit them', async () => {
    // The disk has the real time, so this server's clock has to have it too.
    await using fresh = await startServer();
    work = await Workspace.make(fresh);
    record = await work.record();
    const { blobs } = fresh.platform;
    const organizationId = idOf(work.organization.name);
    async function* bytes(): AsyncIterable<Uint8Array> {
      yield Buffer.from('orphaned');
    }
    const [kept, left] = [newId(), newId()];
    await blobs.append(kept, 0, bytes(), 8);
    await blobs.keep(kept, organizationId, Buffer.from(sha256('orphaned'), 'hex'));
    await blobs.discard(kept);
    await blobs.append(left, 0, bytes(), 8);
    const underWay = await work.tus.begin(record, 'slow.txt', 10);
    await work.tus.patch(underWay.location, 0, 'hello');
    await work.tus.upload(record, 'living.txt', 'living');

    await sweepOrphans(fresh.platform);
    expect([await has('orphaned'), await hasUpload(left)]).toEqual([true, true]);
    fresh.clock.forward(2 * HOUR);
    await sweepOrphans(fresh.platform);
    expect([await has('orphaned'), await hasUpload(left)]).toEqual([false, false]);
    expect([await has('living'), await hasUpload(underWay.location)]).toEqual([true, true]);
    expect(await work.usage()).toMatchObject({ bytes: 6n });
    expect(await work.tus.patch(underWay.location, 5, 'world')).toMatchObject({ status: 204 });
  });
});
