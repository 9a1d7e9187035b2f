import type { Client } from '@connectrpc/connect';
import { AuditService } from '@muster/api/audit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';

let server: TestServer;
let people = 0;
let audit: Client<typeof AuditService>;
let parent: string;
let organizationId: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Every test tampers with a log of its own: those of an organization and of five projects made in it. */
beforeEach(async () => {
  // One person may not make so many organizations a day.
  const admin = await server.signIn(`admin-${people++}@example.com`);
  audit = server.client(AuditService, admin);
  const organization = await server.makeOrganization(admin);
  parent = organization.name;
  organizationId = idOf(parent);
  for (let made = 0; made < 5; made++) await server.makeProject(admin, organization);
});

const verify = async () => {
  const { complete, brokenSequence, brokenReason } = await audit.verifyAuditLog({ parent });
  return { complete, brokenSequence, brokenReason };
};

describe('verifying the audit log', () => {
  it('finds an untouched log complete and counts its rows', async () => {
    const { rows } = await server.owner.query<{ count: string }>(
      'select count(*) from events where organization_id = $1',
      [organizationId],
    );
    const verdict = await audit.verifyAuditLog({ parent });
    expect(verdict).toMatchObject({ complete: true, brokenSequence: 0n, brokenReason: '' });
    expect(verdict.rowCount).toBe(BigInt(rows[0]?.count ?? 0));
    expect(verdict.rowCount).toBeGreaterThanOrEqual(5n);
  });

  it('names the row that was changed', async () => {
    await server.owner.query(
      "update events set target_name = target_name || '!' where organization_id = $1 and seq = 3",
      [organizationId],
    );
    expect(await verify()).toEqual({ complete: false, brokenSequence: 3n, brokenReason: 'hash_mismatch' });
  });

  it('names the row whose person was changed', async () => {
    await server.owner.query("update event_people set name = 'Somebody Else' where organization_id = $1 and seq = 3", [
      organizationId,
    ]);
    expect(await verify()).toEqual({ complete: false, brokenSequence: 3n, brokenReason: 'hash_mismatch' });
  });

  it('still holds when a person was erased', async () => {
    await server.owner.query('delete from event_people where organization_id = $1 and seq = 3', [organizationId]);
    expect(await verify()).toEqual({ complete: true, brokenSequence: 0n, brokenReason: '' });
  });

  it('names the place of a row that was deleted', async () => {
    await server.owner.query('delete from event_people where organization_id = $1 and seq = 3', [organizationId]);
    await server.owner.query('delete from events where organization_id = $1 and seq = 3', [organizationId]);
    expect(await verify()).toEqual({ complete: false, brokenSequence: 3n, brokenReason: 'gap' });
  });

  it('names the first of two rows that changed places', async () => {
    await server.owner.query('delete from event_people where organization_id = $1 and seq in (3, 4)', [organizationId]);
    await server.owner.query('update events set seq = 1000 where organization_id = $1 and seq = 3', [organizationId]);
    await server.owner.query('update events set seq = 3 where organization_id = $1 and seq = 4', [organizationId]);
    await server.owner.query('update events set seq = 4 where organization_id = $1 and seq = 1000', [organizationId]);
    expect(await verify()).toEqual({ complete: false, brokenSequence: 3n, brokenReason: 'hash_mismatch' });
  });

  it('misses rows that were cut off at the end', async () => {
    await server.owner.query('delete from event_people where organization_id = $1 and seq >= 4', [organizationId]);
    await server.owner.query('delete from events where organization_id = $1 and seq >= 4', [organizationId]);
    expect(await verify()).toEqual({ complete: false, brokenSequence: 4n, brokenReason: 'gap' });
  });

  it('looks only at the range that was asked for', async () => {
    await server.owner.query("update events set reason = 'x' where organization_id = $1 and seq = 2", [organizationId]);
    expect(await audit.verifyAuditLog({ parent, fromSequence: 3n, toSequence: 5n })).toMatchObject({
      complete: true,
      rowCount: 3n,
    });
  });
});
