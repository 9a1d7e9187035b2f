import type { AddressInfo } from 'node:net';
import { SessionService } from '@muster/api/session';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { startServer, waitFor } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';

let server: TestServer;
let mailServer: SMTPServer;
let port = 0;
const mails: ParsedMail[] = [];
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A mail server on the loopback interface that keeps what it is given. */
async function openMailServer(at: number): Promise<void> {
  mailServer = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => mails.push(mail));
      stream.once('end', () => done());
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(at, '127.0.0.1', resolve));
  port = (mailServer.server.address() as AddressInfo).port; // listening on a port, so it is no pipe
}
const closeMailServer = (): Promise<void> => new Promise((resolve) => mailServer.close(() => resolve()));

beforeAll(async () => {
  await openMailServer(0);
  server = await startServer({
    MUSTER_SMTP_URL: `smtp://127.0.0.1:${port}`,
    MUSTER_PUBLIC_URL: 'https://muster.example',
    MUSTER_MAIL_FROM: 'Muster <robot@muster.example>',
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await closeMailServer();
});

const mailTo = (address: string): Promise<ParsedMail> =>
  waitFor(() =>
    mails.find((mail) => (Array.isArray(mail.to) ? mail.to : [mail.to]).some((to) => to?.text === address)),
  );
const codeIn = (mail: ParsedMail): string =>
  /: (?<code>\d{6})$|：(?<zh>\d{6})$/m.exec(mail.text ?? '')?.[0].slice(-6) ?? '';

it('mails a code that signs in, with where it was asked for, and no link', async () => {
  const browser = new Browser(server, { 'user-agent': FIREFOX });
  await browser.client(SessionService).requestSignInCode({ email: 'ada@example.com' });
  const mail = await mailTo('ada@example.com');
  expect(mail.from?.text).toBe('"Muster" <robot@muster.example>');
  const code = codeIn(mail);
  expect(mail.subject).toBe(`${code} is your Muster code`);
  expect(mail.text).toContain('ada@example.com');
  expect(mail.text).toContain('from 127.0.0.1 with Firefox on Linux');
  expect(mail.text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  expect(mail.text).toContain('If it was not you, ignore this mail.');
  expect(`${mail.text} ${mail.html || ''}`).not.toMatch(/https?:|www\.|href/);
  expect(mail.attachments).toEqual([]);
  const session = await browser.client(SessionService).createSession({ email: 'ada@example.com', code });
  expect(session.account?.email).toBe('ada@example.com');
});

it('writes Chinese to a browser that prefers it', async () => {
  const browser = new Browser(server, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8', 'user-agent': FIREFOX });
  await browser.client(SessionService).requestSignInCode({ email: 'wang@example.com' });
  const mail = await mailTo('wang@example.com');
  const code = codeIn(mail);
  expect(mail.subject).toBe(`${code} 是您的 Muster 验证码`);
  expect(mail.text).toContain('wang@example.com');
  expect(mail.text).toContain('如果不是您本人请求的，请忽略此邮件。');
  expect(mail.text).toContain('Firefox，Linux');
  expect(mail.text).not.toMatch(/https?:/);
  expect(await browser.client(SessionService).createSession({ email: 'wang@example.com', code })).toBeTruthy();
});

it.each([
  ['en-GB,zh;q=0.5', 'is your Muster code'],
  ['fr-FR,fr;q=0.9,zh-TW;q=0.8,en;q=0.5', '验证码'],
  ['fr,de', 'is your Muster code'],
])('takes the first language of ours in %s', async (languages, words) => {
  const email = `${languages.length}@example.com`;
  await new Browser(server, { 'accept-language': languages }).client(SessionService).requestSignInCode({ email });
  expect((await mailTo(email)).subject).toContain(words);
});

it('carries no word that whoever asked has chosen', async () => {
  const asker = new Browser(server, { 'user-agent': 'Your account is blocked: go to https://evil.example now' });
  await asker.client(SessionService).requestSignInCode({ email: 'victim@example.com' });
  const mail = await mailTo('victim@example.com');
  expect(mail.text).toContain('an unknown program');
  expect(mail.text).not.toContain('evil');
});

it('sends later what it could not send at once, and the person who asked has waited for nothing', async () => {
  await closeMailServer();
  const browser = new Browser(server);
  const began = performance.now();
  await browser.client(SessionService).requestSignInCode({ email: 'patient@example.com' });
  expect(performance.now() - began).toBeLessThan(2000);
  await waitFor(async () => {
    const { rows } = await server.owner.query(
      "select from graphile_worker.jobs where task_identifier = 'send-sign-in-code' and attempts > 0 and locked_at is null",
    );
    return rows.length > 0 ? true : null;
  });
  await openMailServer(port);
  const code = codeIn(await mailTo('patient@example.com'));
  expect(await browser.client(SessionService).createSession({ email: 'patient@example.com', code })).toBeTruthy();
});

it('does not send a code that has died meanwhile', async () => {
  await closeMailServer();
  await new Browser(server).client(SessionService).requestSignInCode({ email: 'late@example.com' });
  const waiting = async (): Promise<number> => {
    const { rows } = await server.owner.query<{ attempts: number }>(
      "select attempts from graphile_worker.jobs where task_identifier = 'send-sign-in-code' and locked_at is null",
    );
    return rows[0]?.attempts ?? 0;
  };
  await waitFor(async () => ((await waiting()) > 0 ? true : null));
  server.clock.forward(10 * 60_000);
  await openMailServer(port);
  await waitFor(async () => {
    const { rows } = await server.owner.query(
      "select from graphile_worker.jobs where task_identifier = 'send-sign-in-code'",
    );
    return rows.length === 0 ? true : null;
  });
  expect(mails.some((mail) => mail.text?.includes('late@example.com'))).toBe(false);
});

it('carries a link to the public address while codes are guarded', async () => {
  await server.owner.query(
    "insert into sign_in_attempts (kind, address, network, time) select 'wrong_try', 'x@example.net', '10.0.0.1', $1 from generate_series(1, 1000)",
    [server.clock.now()],
  );
  const browser = new Browser(server, { origin: 'https://muster.example', 'user-agent': FIREFOX });
  await browser.client(SessionService).requestSignInCode({ email: 'guarded+1@example.com' });
  const mail = await mailTo('guarded+1@example.com');
  expect(mail.subject).toBe('Your link to sign in to Muster');
  const link = new URL(/https:\S+/.exec(mail.text ?? '')?.[0] ?? '');
  expect(`${link.origin}${link.pathname}${link.search}`).toBe('https://muster.example/sign-in');
  const fragment = new URLSearchParams(link.hash.slice(1));
  const [email, code] = [fragment.get('email') ?? '', fragment.get('link') ?? ''];
  expect(email).toBe('guarded+1@example.com');
  expect(await browser.client(SessionService).createSession({ email, code })).toBeTruthy();
  server.clock.forward(61 * 60_000);
});

it('gives cookies to this host over https only when the public address is https', async () => {
  const browser = new Browser(server, { origin: 'https://muster.example' });
  await browser.client(SessionService).requestSignInCode({ email: 'https@example.com' });
  const code = codeIn(await mailTo('https@example.com'));
  await browser.client(SessionService).createSession({ email: 'https@example.com', code });
  expect(browser.setCookies).toEqual([
    expect.stringMatching(/^__Host-muster_flow=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure$/),
    expect.stringMatching(
      /^__Host-muster_session=[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure$/,
    ),
    '__Host-muster_flow=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  ]);
});
