import { AuditService } from '@muster/api/audit';
import type { Organization } from '@muster/api/organization';
import { RecordService } from '@muster/api/record';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { Person, TestServer } from '../../../test/harness.ts';

let server: TestServer;
let admin: Person;
let organization: Organization;
let parent: string;

beforeAll(async () => {
  server = await startServer();
  admin = await server.signIn('admin@example.com');
  organization = await server.makeOrganization(admin);
  parent = organization.name;
});
afterAll(() => server[Symbol.asyncDispose]());

const verify = () => server.client(AuditService, admin).verifyAuditLog({ parent });

it('holds while fifty writers add to the log at once', async () => {
  const { name } = await server.makeProject(admin, organization);
  const records = server.client(RecordService, admin);
  const writers = Array.from({ length: 50 }, (_unused, index) =>
    records.createRecord({ parent: name, title: `${index}` }),
  );
  const verdicts = await Promise.all(Array.from({ length: 5 }, verify));
  await Promise.all(writers);
  expect(verdicts.every((verdict) => verdict.complete)).toBe(true);
  expect(await verify()).toMatchObject({ complete: true, brokenSequence: 0n });
});

it('is a row of the log itself, also when it found the chain broken', async () => {
  await server.owner.query("update events set target_name = 'x' where organization_id = $1 and seq = 1", [
    idOf(parent),
  ]);
  expect(await verify()).toMatchObject({ complete: false, brokenSequence: 1n, brokenReason: 'hash_mismatch' });
  const { rows } = await server.owner.query(
    'select event, category, outcome, reason, actor_id from events where organization_id = $1 order by seq desc limit 1',
    [idOf(parent)],
  );
  expect(rows).toEqual([
    {
      event: 'audit.verify',
      category: 'audit',
      outcome: 'failed',
      reason: 'hash_mismatch',
      actor_id: admin.accountId,
    },
  ]);
});
