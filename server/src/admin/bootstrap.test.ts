import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessTokenService } from '@muster/api/access_token';
import { AuditService } from '@muster/api/audit';
import { OrganizationRole, OrganizationService } from '@muster/api/organization';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../test/harness.ts';
import type { Caller, TestServer } from '../../test/harness.ts';
import { bootstrapCommand } from './bootstrap.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-admin-'));
  server = await startServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as the operator does, on the database of the server. */
function admin(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const { connectionString } = server.owner.options;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [new URL('../main.ts', import.meta.url).pathname, 'admin', ...args],
      { env: { DATABASE_URL: connectionString ?? '', MUSTER_DATA_DIR: folder }, timeout: 25_000 },
      (error, out, problem) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, error: problem }),
    );
  });
}

const wish = (more: Record<string, string> = {}): string[] => {
  const options = { email: 'ops@example.com', organization: 'acme', name: 'Acme Robotics', ...more };
  return ['bootstrap', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
};

const rows = async (): Promise<unknown> => {
  const found = await server.owner.query(
    'select (select count(*) from organizations) as organizations, (select count(*) from accounts) as accounts, (select count(*) from access_tokens) as tokens, (select count(*) from events) as events',
  );
  return found.rows[0];
};

describe('muster admin bootstrap', () => {
  it('makes the administrator, the organization and a token that works', async () => {
    const { code, out, error } = await admin(...wish({ 'token-name': 'installer', output: 'json' }));
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const made: { organization: string; slug: string; token: string } = JSON.parse(out);
    expect(made).toMatchObject({ slug: 'acme', token: expect.stringMatching(/^mus_pat_[0-9A-Za-z]{38}$/) });
    const program: Caller = { headers: { authorization: `Bearer ${made.token}` } };
    const organization = await server
      .client(OrganizationService, program)
      .getOrganization({ name: 'organizations/acme' });
    expect(organization).toMatchObject({
      name: made.organization,
      displayName: 'Acme Robotics',
      role: OrganizationRole.ADMIN,
    });
    await server.makeProject(program, organization);
    const { accessTokens } = await server
      .client(AccessTokenService, program)
      .listAccessTokens({ parent: made.organization });
    expect(accessTokens.map((token) => token.displayName)).toEqual(['installer']);
    const { auditEvents } = await server.client(AuditService, program).listAuditEvents({ parent: made.organization });
    expect(auditEvents.map(({ event, actorKind, via }) => `${event} ${actorKind} ${via.slice(0, 13)}`)).toEqual([
      'project.create account token mus_pat',
      'access_token.create system console',
      'organization.create system console',
    ]);
  });

  it('lets that administrator sign in by mail, into the same account', async () => {
    const person = await server.signIn('ops@example.com');
    const { organizations } = await server.client(OrganizationService, person).listOrganizations({});
    expect(organizations.map((organization) => organization.slug)).toEqual(['acme']);
  });

  it('refuses an organization that exists, in one sentence, and changes nothing', async () => {
    const before = await rows();
    expect(await admin(...wish({ output: 'json' }))).toEqual({
      code: 1,
      out: '',
      error: 'error: The organization "acme" exists already; nothing was changed. [organization_exists]\n',
    });
    expect(await rows()).toEqual(before);
  });

  it.each([
    [{ email: 'nobody' }, 'email_invalid'],
    [{ organization: 'A' }, 'slug_invalid'],
    [{ organization: 'admin' }, 'slug_reserved'],
    [{ name: ' ' }, 'name_invalid'],
    [{ tokenName: '' }, 'name_invalid'],
    [{ tokenName: 'a'.repeat(65) }, 'name_invalid'],
    [{ tokenDays: '0' }, 'field_invalid'],
    [{ tokenDays: '367' }, 'field_invalid'],
    [{ tokenDays: '1.5' }, 'field_invalid'],
    [{ tokenDays: 'many' }, 'field_invalid'],
  ])('refuses %j, and makes nothing', async (more, reason) => {
    const before = await rows();
    const options = {
      email: 'a@example.com',
      organization: 'fresh',
      name: 'X',
      tokenName: 'x',
      tokenDays: '1',
      ...more,
    };
    await expect(bootstrapCommand(server.platform, options)).rejects.toMatchObject({ reason });
    expect(await rows()).toEqual(before);
  });

  it('of ten at once makes one organization', async () => {
    const options = { email: 'b@example.com', organization: 'race', name: 'X', tokenName: 'x', tokenDays: '1' };
    const made = await Promise.allSettled(
      Array.from({ length: 10 }, (_unused, index) =>
        bootstrapCommand(server.platform, { ...options, email: `${index}@example.com` }),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const found = await server.owner.query("select from account_addresses where address like '_@example.com'");
    expect(found.rowCount).toBe(1);
  });

  it('says in one line what is wrong with what was typed', async () => {
    const { code, out, error } = await admin(...wish({ organization: 'fresh', 'token-days': '0' }));
    expect({ code, out, error }).toEqual({
      code: 1,
      out: '',
      error: 'error: A token lives 1 to 366 whole days. [field_invalid]\n',
    });
    expect(await admin(...wish({ output: 'yaml' }))).toMatchObject({
      code: 2,
      error: expect.stringContaining('Allowed choices are text, json'),
    });
  });

  it('asks for what is missing', async () => {
    const { code, error } = await admin('bootstrap', '--email', 'ops@example.com');
    expect(code).toBe(2);
    expect(error).toContain("required option '--organization <id>' not specified");
  });
});
