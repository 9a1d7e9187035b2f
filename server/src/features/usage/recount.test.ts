import { RecordService } from '@muster/api/record';
import { UsageService } from '@muster/api/usage';
import type { UsageOverview } from '@muster/api/usage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Person, TestServer } from '../../../test/harness.ts';
import { recountCommand } from '../../admin/recount.ts';
import { newId } from '../../platform/ids.ts';
import { recountAll } from './recount.job.ts';

let server: TestServer;
let admin: Person;
let parent: string;
let slug: string;
let record: string;
let people = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(async () => {
  admin = await server.signIn(`recount-${people++}@example.com`);
  const organization = await server.makeOrganization(admin);
  const project = await server.makeProject(admin, organization);
  ({ name: parent, slug } = organization);
  const made = await server
    .client(RecordService, admin)
    .createRecord({ parent: project.name, title: 'Drive', requestId: newId() });
  record = made.name;
});

async function upload(path: string, text: string): Promise<void> {
  const encoded = (value: string): string => Buffer.from(value).toString('base64');
  const body = Buffer.from(text);
  const answer = await fetch(`${server.url}/uploads/`, {
    method: 'POST',
    headers: {
      ...admin.headers,
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-length': String(body.length),
      'upload-metadata': `record ${encoded(record)},path ${encoded(path)}`,
    },
    body,
  });
  expect(answer.status, await answer.text()).toBe(201);
}

const overview = (): Promise<UsageOverview> => server.client(UsageService, admin).getUsageOverview({ parent });
const recount = async () => (await recountAll(server.platform, 'job', slug))[0]?.meters;

describe('the recount', () => {
  it('agrees with the ledger about live and deleted content, and books nothing', async () => {
    await upload('a.txt', 'ten bytes.');
    await upload('same.txt', 'ten bytes.');
    await upload('b.txt', 'four');
    const before = await overview();
    expect(before.storage?.bytes).toBe(14n);
    expect(await recount()).toEqual([
      { meter: 'storage.live', ledger: 14n, recount: 14n, drift: 0n },
      { meter: 'storage.trash', ledger: 0n, recount: 0n, drift: 0n },
      { meter: 'storage.freeing', ledger: 0n, recount: 0n, drift: 0n },
    ]);
    expect((await overview()).ledgerPosition).toBe(before.ledgerPosition);

    await server.client(RecordService, admin).deleteRecord({ name: record });
    expect(await recount()).toEqual([
      { meter: 'storage.live', ledger: 0n, recount: 0n, drift: 0n },
      { meter: 'storage.trash', ledger: 14n, recount: 14n, drift: 0n },
      { meter: 'storage.freeing', ledger: 0n, recount: 0n, drift: 0n },
    ]);
  });

  it('reports what the ledger says too much, and books the difference once', async () => {
    await upload('a.txt', 'ten bytes.');
    await drift(5);
    expect(await recount()).toContainEqual({ meter: 'storage.live', ledger: 15n, recount: 10n, drift: 5n });
    expect((await overview()).storage?.bytes).toBe(10n);
    const { rows } = await server.client(UsageService, admin).listUsageRows({ parent, meter: 'storage.live' });
    expect(rows[0]).toMatchObject({ kind: 'reconcile', source: 'recount', delta: -5n });
    expect(await recount()).toContainEqual({ meter: 'storage.live', ledger: 10n, recount: 10n, drift: 0n });
  });

  it('corrects a total that is not the sum of its ledger', async () => {
    await upload('a.txt', 'ten bytes.');
    await server.owner.query(
      "update usage_totals set total = 99 where organization_id = $1 and meter = 'storage.live'",
      [idOf(parent)],
    );
    await recount();
    expect((await overview()).storage?.bytes).toBe(10n);
  });

  it('is told by the command line, which fails when there was a difference', async () => {
    await upload('a.txt', 'ten bytes.');
    await drift(5);
    const found = await recountCommand(server.platform, { organization: slug });
    expect(found.code).toBe(1);
    expect(found.result).toMatchObject({
      organizations: [
        {
          organization: parent,
          driftFound: true,
          meters: [{ meter: 'storage.live', ledger: 15, recount: 10, drift: 5 }, {}, {}],
        },
      ],
    });
    expect((await recountCommand(server.platform, { organization: slug })).code).toBe(0);
  });
});

/** Books bytes that no file has, as a bug would. */
async function drift(bytes: number): Promise<void> {
  const organizationId = idOf(parent);
  const { rows } = await server.owner.query<{ ledger_position: bigint }>(
    'update event_chains set ledger_position = ledger_position + 1 where organization_id = $1 returning ledger_position',
    [organizationId],
  );
  await server.owner.query(
    "insert into usage_ledger (organization_id, position, meter, source, event_id, kind, delta, at) values ($1, $2, 'storage.live', 'test', $3, 'fact', $4, now())",
    [organizationId, rows[0]?.ledger_position, newId(), bytes],
  );
  await server.owner.query(
    "update usage_totals set total = total + $2 where organization_id = $1 and meter = 'storage.live'",
    [organizationId, bytes],
  );
}
