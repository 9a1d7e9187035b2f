import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@connectrpc/connect';
import type { Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { AccessTokenService } from '@muster/api/access_token';
import { OrganizationService } from '@muster/api/organization';
import { ProjectService } from '@muster/api/project';
import { RecordService } from '@muster/api/record';
import { SessionService } from '@muster/api/session';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase } from '../test/databases.ts';
import type { EmptyDatabase } from '../test/databases.ts';
import { waitFor } from '../test/harness.ts';
import { startProcess } from '../test/serve-process.ts';
import type { ServeProcess } from '../test/serve-process.ts';
import { newId } from './platform/ids.ts';

const EMAIL = 'ada.lovelace@acme.example';
const MAIL_PASSWORD = 'correct-horse';
const TITLE = 'Prototype-Seven';

let database: EmptyDatabase;
let smtp: SMTPServer;
let server: ServeProcess;
const mails: string[] = [];
/** What must not be in the log: the value, by what it is. */
const secrets = new Map<string, string>();

async function catchMails(): Promise<number> {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, { user: 'muster' }),
    onData: (stream, _session, done) =>
      simpleParser(stream, (error, mail) => {
        mails.push(mail.text ?? '');
        done(error);
      }),
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const address = smtp.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  const port = await catchMails();
  database = await emptyDatabase();
  server = await startProcess({
    DATABASE_URL: database.url,
    MUSTER_SMTP_URL: `smtp://muster:${MAIL_PASSWORD}@127.0.0.1:${port}`,
    MUSTER_LOG_LEVEL: 'debug',
  });
  await useIt();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** Signs in, makes things and a token, and is refused in many ways: every secret of it goes through the server. */
async function useIt(): Promise<void> {
  const headers: Record<string, string> = {};
  const keepCookies: Interceptor = (next) => async (request) => {
    for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
    const answer = await next(request);
    const set = answer.header.getSetCookie().flatMap((cookie) => cookie.split(';', 1));
    for (const cookie of set) secrets.set(`cookie ${secrets.size}`, cookie.slice(cookie.indexOf('=') + 1));
    if (set.length > 0) headers['cookie'] = set.join('; ');
    return answer;
  };
  const transport = createConnectTransport({ baseUrl: server.url, httpVersion: '1.1', interceptors: [keepCookies] });
  const sessions = createClient(SessionService, transport);
  await sessions.requestSignInCode({ email: EMAIL });
  const code = await waitFor(() => /\b\d{6}\b/.exec(mails.join('\n'))?.[0]);
  await sessions.createSession({ email: EMAIL, code: code === '000000' ? '111111' : '000000' }).catch(() => {});
  await sessions.createSession({ email: EMAIL, code });
  const slug = `acme-${newId().slice(-8)}`;
  const organization = await createClient(OrganizationService, transport).createOrganization({
    displayName: 'Acme',
    slug,
    termsAccepted: true,
  });
  const project = await createClient(ProjectService, transport).createProject({
    parent: organization.name,
    displayName: 'Rover',
    slug: 'rover',
  });
  const { token } = await createClient(AccessTokenService, transport).createAccessToken({
    parent: organization.name,
    displayName: 'ci',
  });
  const post = (path: string, body: string, more: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...more } });
  const bearer = { authorization: `Bearer ${token}` };
  const create = '/muster.v1.RecordService/CreateRecord';
  const record = JSON.stringify({ parent: project.name, title: TITLE });
  await post(create, record, bearer);
  await post(create, record.replace(TITLE, `${TITLE}\\u0007`), bearer);
  await post(create, `{"title":"${TITLE}","token":"${token}"}`, bearer);
  await post(`${create}?token=${token}`, record, {});
  await post(create, record, { authorization: `Bearer ${token}x` });
  await post(create, record, { authorization: `Basic ${Buffer.from(`apikey:${token}`).toString('base64')}` });
  await fetch(`${server.url}/files/projects/x/records/y/files/${TITLE}`, { headers: bearer });
  await post('/uploads/', '', {
    ...bearer,
    'tus-resumable': '1.0.0',
    'upload-length': '1',
    'upload-metadata': 'path eA==',
  });
  await failInside(createClient(RecordService, transport), project.name);
  secrets.set('code', code);
  secrets.set('token', token);
  secrets.set('token without its kind', token.slice('mus_pat_'.length));
  secrets.set('address', EMAIL);
  secrets.set('name in the address', 'ada.lovelace');
  secrets.set('what somebody wrote', TITLE);
  secrets.set('password of the mail server', MAIL_PASSWORD);
}

/** Makes the database refuse a row for a reason that the server does not know: PostgreSQL quotes the whole row then. */
async function failInside(
  records: { createRecord: (request: object) => Promise<unknown> },
  parent: string,
): Promise<void> {
  const { owner } = database.pools();
  await owner.query("alter table muster.records add constraint broken check (title not like 'Prototype%') not valid");
  await records.createRecord({ parent, title: TITLE, requestId: newId() }).then(
    () => Promise.reject(new Error('it was stored')),
    () => {},
  );
  await owner.query('alter table muster.records drop constraint broken');
}

describe('the log of a server at its most talkative', () => {
  test('is one JSON object a line, with the id of each request and how it ended', async () => {
    const lines = server
      .log()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const requests = lines.filter(
      (line) => typeof line === 'object' && line !== null && Reflect.get(line, 'msg') === 'request',
    );
    expect(requests.length).toBeGreaterThan(12);
    for (const line of requests)
      expect(line).toMatchObject({
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: expect.stringMatching(/^\d{3}$/),
        seconds: expect.any(Number),
        path: expect.not.stringContaining('?'),
      });
    // An error that the server does not know is there, with the name of what PostgreSQL refused and not its row.
    expect(server.log()).toContain('"constraint":"broken"');
    expect(server.log()).not.toContain('Failing row');
  });

  test('holds no code, no cookie, no token, no address, no password and nothing that people wrote', () => {
    expect(secrets.size).toBeGreaterThan(8);
    const found = [...secrets]
      .filter(([, value]) => value.length > 3 && server.log().includes(value))
      .map(([what]) => what);
    expect(found).toEqual([]);
  });

  test('nor do the terminal and the files of the data directory, of which the key is its owner’s alone', () => {
    const found = [...secrets]
      .filter(([, value]) => value.length > 3 && server.terminal().includes(value))
      .map(([what]) => what);
    expect(found).toEqual([]);
    const path = join(server.dataDir, 'secrets.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { key, databasePassword } = JSON.parse(readFileSync(path, 'utf8')) as {
      key: string;
      databasePassword: string;
    };
    expect(server.log()).not.toContain(key);
    expect(server.log()).not.toContain(databasePassword);
  });

  test('nor does the database hold a code, a cookie or a token in the clear', async () => {
    const { owner } = database.pools();
    const { rows } = await owner.query<{ name: string }>(
      "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('muster', 'graphile_worker')",
    );
    const clear = [...secrets].filter(([what]) => /^(code|cookie|token)/.test(what));
    expect(clear.length).toBeGreaterThan(4);
    for (const { name } of rows) {
      const { rows: dump } = await owner.query<{ text: string }>(`select t::text as text from ${name} t`);
      const text = dump.map((row) => row.text).join('\n');
      // Six digits may stand in a hash too: a code is looked for as a word.
      const found = clear.filter(
        ([, value]) => value !== '' && new RegExp(`(?<!\\w)${RegExp.escape(value)}(?!\\w)`).test(text),
      );
      expect(
        found.map(([what]) => what),
        name,
      ).toEqual([]);
    }
  });
});
