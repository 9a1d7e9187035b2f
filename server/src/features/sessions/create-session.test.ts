import { OrganizationService } from '@muster/api/organization';
import { SessionService } from '@muster/api/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
let people = 0;
let email: string;
let browser: Browser;
const MINUTE = 60_000;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  // Yesterday's budgets are nobody's.
  server.clock.forward(25 * 60 * MINUTE);
  email = `person-${people++}@example.com`;
  browser = new Browser(server);
});

/** Asks for a code in a browser, and reads it. */
async function codeIn(asking = browser, address = email): Promise<string> {
  const before = server.shown.length;
  await asking.client(SessionService).requestSignInCode({ email: address });
  for (;;) {
    const line = server.shown.slice(before).find((shown) => shown.includes(` ${address}:`));
    if (line) return line.slice(-6);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const enter = (code: string, entering = browser, address = email) =>
  entering.client(SessionService).createSession({ email: address, code });
/** A code that is surely another one. */
const wrong = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');
const triesOf = async (address: string): Promise<number | undefined> => {
  const { rows } = await server.owner.query<{ tries: number }>(
    'select tries from sign_in_codes where address = $1 order by create_time desc limit 1',
    [address],
  );
  return rows[0]?.tries;
};
const accountsOf = async (address: string): Promise<number> => {
  const { rows } = await server.owner.query('select from account_addresses where address = $1', [address]);
  return rows.length;
};

describe('the right code', () => {
  it('makes the account and the session, and there was no account before', async () => {
    const code = await codeIn();
    expect(await accountsOf(email)).toBe(0);
    const session = await enter(code);
    expect(session.account).toMatchObject({ email, displayName: email.split('@')[0] });
    expect(await accountsOf(email)).toBe(1);
    expect((await browser.client(SessionService).getSession({})).name).toBe(session.name);
  });

  it('finds the same account again, whatever the form of the address', async () => {
    const first = await enter(await codeIn());
    server.clock.forward(MINUTE + 1000);
    const code = await codeIn();
    const again = await enter(code, browser, ` ${email.toUpperCase()} `);
    expect(again.account?.name).toBe(first.account?.name);
    expect(again.name).not.toBe(first.name);
  });

  it('works once', async () => {
    const code = await codeIn();
    await enter(code);
    expect(await refused(enter(code))).toMatchObject({ reason: 'code_wrong' });
  });

  it('lets one of ten callers at once in', async () => {
    const code = await codeIn();
    const flow = { cookie: browser.headers['cookie'] ?? '' };
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => outcomeOf(enter(code, new Browser(server, flow)))),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(await accountsOf(email)).toBe(1);
  });

  it('works until the tenth minute and not after it', async () => {
    const early = await codeIn();
    server.clock.forward(9 * MINUTE + 50_000);
    expect(await outcomeOf(enter(early))).toBe('ok');
    server.clock.forward(MINUTE);
    const late = await codeIn();
    server.clock.forward(10 * MINUTE);
    expect(await refused(enter(late))).toMatchObject({ reason: 'code_wrong' });
  });

  it('is wrong in another browser, and in none', async () => {
    const code = await codeIn();
    const other = new Browser(server);
    await codeIn(other, `other-${email}`);
    expect(await refused(enter(code, other))).toMatchObject({ reason: 'code_wrong' });
    expect(await refused(enter(code, new Browser(server)))).toMatchObject({ reason: 'code_wrong' });
    expect(await outcomeOf(enter(code))).toBe('ok');
  });

  it('is wrong for another address', async () => {
    const code = await codeIn();
    expect(await refused(enter(code, browser, `other-${email}`))).toMatchObject({ reason: 'code_wrong' });
  });

  it('is dead once another one was asked for', async () => {
    const first = await codeIn();
    server.clock.forward(MINUTE + 1000);
    const second = await codeIn();
    expect(await outcomeOf(enter(first))).toBe(first === second ? 'ok' : 'code_wrong');
    expect(await outcomeOf(enter(second))).toBe('ok');
  });

  it('does not open a blocked account, and says nothing else than a wrong one', async () => {
    await enter(await codeIn());
    await server.owner.query(
      "update accounts set state = 'blocked' where id = (select account_id from account_addresses where address = $1)",
      [email],
    );
    expect(await refused(browser.client(SessionService).getSession({}))).toMatchObject({ reason: 'session_revoked' });
    server.clock.forward(MINUTE + 1000);
    const fresh = new Browser(server);
    expect(await refused(enter(await codeIn(fresh), fresh))).toMatchObject({ reason: 'code_wrong', field: 'code' });
  });
});

describe('wrong tries', () => {
  it('kill the code at the fifth, and then the right one is exhausted too', async () => {
    const code = await codeIn();
    const outcomes = [];
    for (let guess = 1; guess <= 5; guess++) outcomes.push(await outcomeOf(enter(wrong(code, guess))));
    expect(outcomes).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_exhausted']);
    expect(await refused(enter(wrong(code, 6)))).toMatchObject({ reason: 'code_exhausted' });
    expect(await refused(enter(code))).toMatchObject({ reason: 'code_exhausted' });
    expect(await accountsOf(email)).toBe(0);
    server.clock.forward(MINUTE + 1000);
    expect(await outcomeOf(enter(await codeIn()))).toBe('ok');
  });

  it('of twenty callers at once are five, however they arrive', async () => {
    const code = await codeIn();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_unused, guess) => outcomeOf(enter(wrong(code, guess + 1)))),
    );
    expect(outcomes.filter((outcome) => outcome === 'code_wrong')).toHaveLength(4);
    expect(outcomes.filter((outcome) => outcome === 'code_exhausted')).toHaveLength(6);
    expect(outcomes.filter((outcome) => outcome === 'too_many_attempts')).toHaveLength(10);
    expect(await triesOf(email)).toBe(5);
    expect(await accountsOf(email)).toBe(0);
  });

  it('of an address are ten an hour, whatever codes are asked for between them', async () => {
    for (const guesses of [4, 4, 2]) {
      const code = await codeIn();
      for (let guess = 1; guess <= guesses; guess++)
        expect(await outcomeOf(enter(wrong(code, guess)))).toBe('code_wrong');
      server.clock.forward(MINUTE + 1000);
    }
    const code = await codeIn();
    const refusal = await refused(enter(code));
    expect(refusal.reason).toBe('too_many_attempts');
    expect(refusal.retryAfterSeconds).toBeGreaterThan(50 * 60);
    server.clock.forward(61 * MINUTE);
    expect(await outcomeOf(enter(await codeIn()))).toBe('ok');
  });

  it('of a network are fifty an hour, over however many addresses, and other networks go on', async () => {
    const guess = (index: number, from = browser) => outcomeOf(enter('000000', from, `many-${index % 30}@example.com`));
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_unused, index) => guess(index)));
    expect(outcomes.filter((outcome) => outcome === 'code_wrong')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'too_many_attempts')).toHaveLength(10);
    expect(await guess(99, new Browser(server, {}, '127.0.0.2'))).toBe('code_wrong');
  });

  it('are rows of the log of the instance, with the address masked and without the code', async () => {
    const code = await codeIn();
    await outcomeOf(enter(wrong(code)));
    const { rows } = await server.owner.query(
      "select e.outcome, e.reason, e.actor_kind, p.email, p.network_address from events e join event_people p using (organization_id, seq) where e.event = 'session.create' and e.outcome = 'failed' order by e.seq desc limit 1",
    );
    expect(rows).toEqual([
      {
        outcome: 'failed',
        reason: 'code_wrong',
        actor_kind: 'anonymous',
        email: 'p…@example.com',
        network_address: '127.0.0.1',
      },
    ]);
  });

  it('of the wrong form are refused before anybody counts them', async () => {
    const code = await codeIn();
    for (const typed of ['', '12345', '1234567', '12345a', '１２３４５６'])
      expect(await refused(enter(typed))).toMatchObject({ reason: 'field_invalid', field: 'code' });
    expect(await triesOf(email)).toBe(0);
    expect(await outcomeOf(enter(code))).toBe('ok');
  });
});

describe('the session cookie', () => {
  it('is for this host, not for scripts, not from other sites', async () => {
    await enter(await codeIn());
    expect(browser.setCookies.find((set) => set.startsWith('muster_session='))).toMatch(
      /^muster_session=[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/,
    );
    expect(browser.setCookies.at(-1)).toMatch(/^muster_flow=; Path=\/; Max-Age=0;/);
  });

  it('holds a secret of which the database has the SHA-256 only', async () => {
    await enter(await codeIn());
    const secret = browser.cookie('muster_session') ?? '';
    const { rows } = await server.owner.query<{ text: string }>('select row_to_json(s)::text as text from sessions s');
    expect(rows.some((row) => row.text.includes(secret))).toBe(false);
    const found = await server.owner.query('select from sessions where secret_hash = sha256($1)', [secret]);
    expect(found.rowCount).toBe(1);
  });

  it('is a new one at every sign-in, and the one from before opens nothing', async () => {
    await enter(await codeIn());
    const old = new Browser(server, { cookie: browser.headers['cookie'] ?? '' });
    server.clock.forward(MINUTE + 1000);
    await enter(await codeIn());
    expect(browser.headers['cookie']).not.toBe(old.headers['cookie']);
    expect(await outcomeOf(browser.client(SessionService).getSession({}))).toBe('ok');
    expect(await refused(old.client(SessionService).getSession({}))).toMatchObject({ reason: 'session_revoked' });
  });

  it('that somebody made up before the sign-in is not taken', async () => {
    const forced = new Browser(server, { cookie: 'muster_session=chosen-by-somebody-else' });
    expect(await refused(forced.client(SessionService).getSession({}))).toMatchObject({ reason: 'session_expired' });
    await enter(await codeIn());
    expect(browser.cookie('muster_session')).not.toBe('chosen-by-somebody-else');
  });
});

it('writes each sign-in into the logs of the organizations of the person', async () => {
  const admin = await server.signIn(email);
  const organization = await server.makeOrganization(admin);
  await server.signIn(email);
  const { rows } = await server.owner.query(
    "select event, category, via, outcome from events where organization_id = $1 and event = 'session.create'",
    [organization.name.split('/')[1]],
  );
  expect(rows).toEqual([{ event: 'session.create', category: 'sign-in', via: 'session', outcome: 'done' }]);
});

it('refuses writes that another site sends with the cookie', async () => {
  await enter(await codeIn());
  const cookie = browser.headers['cookie'] ?? '';
  const create = (headers: Record<string, string>) =>
    outcomeOf(
      new Browser(server, { cookie, ...headers })
        .client(OrganizationService)
        .createOrganization({ displayName: 'X', slug: `x-${people}-slug`, termsAccepted: true }),
    );
  expect(await create({ origin: 'https://evil.example' })).toBe('origin_mismatch');
  expect(await create({ origin: 'null' })).toBe('origin_mismatch');
  expect(await create({ 'sec-fetch-site': 'cross-site' })).toBe('origin_mismatch');
  expect(await create({ origin: server.url, 'sec-fetch-site': 'same-origin' })).toBe('ok');
});
