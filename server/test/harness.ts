import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescService } from '@bufbuild/protobuf';
import { createClient } from '@connectrpc/connect';
import type { Client, Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { OrganizationService } from '@muster/api/organization';
import type { Organization } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import type { Project } from '@muster/api/project';
import { SessionService } from '@muster/api/session';
import pg from 'pg';
import { inject } from 'vitest';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { listen } from '../src/listener.ts';
import type { Clock } from '../src/platform/clock.ts';
import type { Platform } from '../src/platform/context.ts';
import { openPools } from '../src/platform/db/pools.ts';
import { newId } from '../src/platform/ids.ts';
import { openLog } from '../src/platform/log.ts';
import { readSecrets } from '../src/secrets.ts';

/** A clock that tests move forward. */
export class TestClock implements Clock {
  #ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
  forward(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

/** Cookies of one browser, or an access token; what a client sends with each call. */
export interface Caller {
  readonly headers: Record<string, string>;
}

export const nobody: Caller = { headers: {} };

export interface Person extends Caller {
  readonly email: string;
  readonly accountId: string;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly databaseUrl: string;
  readonly platform: Platform;
  readonly clock: TestClock;
  /** Owner's connection: sees every tenant, for looking behind the doors. */
  readonly owner: pg.Pool;
  /** What an operator without a mail server would have seen. */
  readonly shown: string[];
  client<S extends DescService>(service: S, caller: Caller): Client<S>;
  /** Signs in as a person with this address, new or known, through the public doors. */
  signIn(email: string): Promise<Person>;
  /** The newest code shown for an address. */
  codeFor(email: string): Promise<string>;
  makeOrganization(admin: Caller, slug?: string): Promise<Organization>;
  makeProject(admin: Caller, organization: Organization, slug?: string): Promise<Project>;
  /** Makes a person a member, as no method does yet. */
  addMember(
    organization: Organization,
    person: Person,
    role: 'admin' | 'collaborator' | 'viewer' | 'external',
  ): Promise<void>;
  addProjectMember(organization: Organization, project: Project, person: Person, role: string): Promise<void>;
  /** Another server on the same database, files and clock, as after a restart or as a replica. */
  another(): Promise<TestServer>;
}

let counter = 0;

/** A real server on a clone of the migrated template, on a free port, with a clock of its own. */
export async function startServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const template = inject('postgresUrl');
  const database = `test_${process.pid}_${counter++}_${Math.random().toString(36).slice(2, 8)}`;
  await asAdmin(template, `create database ${database} template muster`);
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-data-'));
  const databaseUrl = template.replace(/muster$/, database);
  const config = readConfig({
    MUSTER_LISTEN: '127.0.0.1:0',
    MUSTER_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    MUSTER_LOG_LEVEL: 'error',
    ...environment,
  });
  return open(config, new TestClock(), async () => {
    await asAdmin(template, `drop database if exists ${database} with (force)`);
    rmSync(dataDir, { recursive: true, force: true });
  });
}

async function open(config: Config, clock: TestClock, afterwards: () => Promise<void>): Promise<TestServer> {
  const log = openLog(config.logLevel);
  const pools = openPools(config.databaseUrl ?? '', log);
  const shown: string[] = [];
  const app = await createApp({
    config,
    secrets: readSecrets(config),
    pools,
    log,
    clock,
    show: (line) => shown.push(line),
  });
  const listener = await listen(config.listen, app.handler);
  const url = `http://127.0.0.1:${listener.port}`;

  const server: TestServer = {
    url,
    databaseUrl: config.databaseUrl ?? '',
    platform: app.platform,
    clock,
    owner: pools.owner,
    shown,
    client: (service, caller) =>
      createClient(
        service,
        createConnectTransport({ baseUrl: url, httpVersion: '1.1', interceptors: [withHeaders(caller)] }),
      ),
    codeFor: (email) => waitFor(() => shown.findLast((line) => line.includes(` ${email}:`))?.slice(-6)),
    signIn: (email) => signIn(server, email),
    makeOrganization: (admin, slug = `org-${newId().slice(-12)}`) =>
      server
        .client(OrganizationService, admin)
        .createOrganization({ displayName: `Organization ${slug}`, slug, termsAccepted: true, requestId: newId() }),
    makeProject: (admin, organization, slug = `p-${newId().slice(-12)}`) =>
      server
        .client(ProjectService, admin)
        .createProject({ parent: organization.name, displayName: `Project ${slug}`, slug, requestId: newId() }),
    addMember: async (organization, person, role) => {
      await pools.owner.query(
        'insert into memberships (organization_id, account_id, role) values ($1, $2, $3) on conflict (organization_id, account_id) do update set role = excluded.role',
        [idOf(organization.name), person.accountId, role],
      );
    },
    addProjectMember: async (organization, project, person, role) => {
      await pools.owner.query(
        'insert into project_members (organization_id, project_id, account_id, role) values ($1, $2, $3, $4) on conflict (organization_id, project_id, account_id) do update set role = excluded.role',
        [idOf(organization.name), idOf(project.name), person.accountId, role],
      );
    },
    another: () => open(config, clock, () => Promise.resolve()),
    [Symbol.asyncDispose]: async () => {
      await listener.stop(5000);
      await app.stop();
      await pools[Symbol.asyncDispose]();
      await afterwards();
    },
  };
  return server;
}

/** The id at the end of a resource name. */
export const idOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

const withHeaders =
  (caller: Caller): Interceptor =>
  (next) =>
  (request) => {
    for (const [name, value] of Object.entries(caller.headers)) request.header.set(name, value);
    return next(request);
  };

async function signIn(server: TestServer, email: string): Promise<Person> {
  // A code may be asked for once a minute, and tests have no minute.
  server.clock.forward(61_000);
  const before = server.shown.length;
  let cookies = '';
  const keepCookies: Interceptor = (next) => async (request) => {
    if (cookies) request.header.set('cookie', cookies);
    const answer = await next(request);
    const set = answer.header.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    if (set.length > 0) cookies = set.filter((cookie) => !cookie.endsWith('=')).join('; ');
    return answer;
  };
  const client = createClient(
    SessionService,
    createConnectTransport({ baseUrl: server.url, httpVersion: '1.1', interceptors: [keepCookies] }),
  );
  await client.requestSignInCode({ email });
  const code = await waitFor(() =>
    server.shown
      .slice(before)
      .find((line) => line.includes(` ${email}:`))
      ?.slice(-6),
  );
  const session = await client.createSession({ email, code });
  return { email, accountId: idOf(session.account?.name ?? ''), headers: { cookie: cookies } };
}

/** Waits until `look` finds something; fails after ten seconds. */
export async function waitFor<T>(look: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen within ten seconds');
}

async function asAdmin(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: template.replace(/muster$/, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
