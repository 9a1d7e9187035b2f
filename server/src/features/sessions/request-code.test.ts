import { SessionService } from '@muster/api/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { startServer, waitFor } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { outcomeOf, refused } from '../../../test/refused.ts';

let server: TestServer;
const MINUTE = 60_000;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Yesterday's budgets are nobody's. */
beforeEach(() => server.clock.forward(25 * 60 * MINUTE));

const ask = (email: string, browser = new Browser(server)) =>
  browser.client(SessionService).requestSignInCode({ email });

/** Lines that an operator without a mail server has seen for an address. */
const mailsTo = (email: string): string[] => server.shown.filter((line) => line.includes(` ${email}:`));

describe('asking for a code', () => {
  it('sends six digits through the queue and says when the next may be asked for', async () => {
    expect(await ask('first@example.com')).toMatchObject({ retryAfterSeconds: 60 });
    expect(await server.codeFor('first@example.com')).toMatch(/^[0-9]{6}$/);
  });

  it('takes an address in any form for one person', async () => {
    await ask('  One.Person@Example.COM ');
    expect(await server.codeFor('one.person@example.com')).toMatch(/^[0-9]{6}$/);
    expect(await refused(ask('ｏｎｅ.person＠example.com'))).toMatchObject({ reason: 'code_too_soon' });
  });

  it('refuses what is no address', async () => {
    expect(await refused(ask('nobody'))).toMatchObject({ reason: 'email_invalid', field: 'email' });
    expect(await refused(ask('a@b@example.com'))).toMatchObject({ reason: 'email_invalid', field: 'email' });
  });

  it('waits a minute before another code, and says how long', async () => {
    await ask('soon@example.com');
    server.clock.forward(20_000);
    const refusal = await refused(ask('soon@example.com'));
    expect(refusal.reason).toBe('code_too_soon');
    expect(refusal.retryAfterSeconds).toBeGreaterThan(35);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(40);
    server.clock.forward(41_000);
    expect(await outcomeOf(ask('soon@example.com'))).toBe('ok');
  });

  it('lets one of ten callers at once have a code', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(ask('race@example.com'))));
    expect(outcomes.toSorted()).toEqual([...Array<string>(9).fill('code_too_soon'), 'ok']);
    await server.codeFor('race@example.com');
    expect(mailsTo('race@example.com')).toHaveLength(1);
  });

  it('mails an address five times an hour and twenty times a day', async () => {
    const outcomes: string[] = [];
    for (let hour = 0; hour < 5; hour++) {
      for (let mail = 0; mail < 6; mail++) {
        outcomes.push(await outcomeOf(ask('often@example.com')));
        // A code that a newer one has replaced is not mailed any more, so each mail is waited for.
        const sent = outcomes.filter((outcome) => outcome === 'ok').length;
        await waitFor(() => (mailsTo('often@example.com').length >= sent ? true : null));
        server.clock.forward(MINUTE + 1000);
      }
      server.clock.forward(55 * MINUTE);
    }
    const hour = [...Array<string>(5).fill('ok'), 'too_many_attempts'];
    expect(outcomes).toEqual([...hour, ...hour, ...hour, ...hour, ...Array<string>(6).fill('too_many_attempts')]);
    expect(mailsTo('often@example.com')).toHaveLength(20);
  });

  it('says when a spent budget has room again', async () => {
    for (let mail = 0; mail < 5; mail++) {
      await ask('budget@example.com');
      server.clock.forward(MINUTE + 1000);
    }
    const { reason, retryAfterSeconds } = await refused(ask('budget@example.com'));
    expect(reason).toBe('too_many_attempts');
    expect(retryAfterSeconds).toBeGreaterThan(50 * 60);
    server.clock.forward((retryAfterSeconds - 10) * 1000);
    expect(await outcomeOf(ask('budget@example.com'))).toBe('too_many_attempts');
    server.clock.forward(11_000);
    expect(await outcomeOf(ask('budget@example.com'))).toBe('ok');
  });

  it('lets a network ask thirty times an hour, also at once, and others go on', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_unused, index) => outcomeOf(ask(`network-${index}@example.com`))),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'too_many_attempts')).toHaveLength(10);
    const elsewhere = new Browser(server, {}, '127.0.0.2');
    expect(await outcomeOf(ask('network-99@example.com', elsewhere))).toBe('ok');
  });
});

describe('the answer', () => {
  it('is the same for a known, an unknown and a blocked address', async () => {
    await server.signIn('known@example.com');
    await server.signIn('blocked@example.com');
    await server.owner.query(
      "update accounts set state = 'blocked' where id = (select account_id from account_addresses where address = 'blocked@example.com')",
    );
    const answers = [];
    for (const email of ['known@example.com', 'unknown@example.com', 'blocked@example.com']) {
      const answer = await fetch(`${server.url}/muster.v1.SessionService/RequestSignInCode`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      });
      answers.push({
        status: answer.status,
        text: await answer.text(),
        headers: [...answer.headers.keys()].toSorted(),
        length: answer.headers.get('set-cookie')?.length,
      });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('ties the code to the browser by a cookie that scripts and other sites do not get', async () => {
    const browser = new Browser(server);
    await ask('cookie@example.com', browser);
    expect(browser.setCookies).toHaveLength(1);
    expect(browser.setCookies[0]).toMatch(/^muster_flow=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
  });
});

it('keeps a live code nowhere in the database', async () => {
  await server.owner.query('create table if not exists kept_jobs as table graphile_worker._private_jobs');
  await server.owner.query(
    'create or replace function keep_job() returns trigger language plpgsql as $$ begin insert into kept_jobs select new.*; return new; end $$',
  );
  await server.owner.query(
    'create or replace trigger keep_job before insert on graphile_worker._private_jobs for each row execute function keep_job()',
  );
  await ask('dump@example.com');
  const code = await server.codeFor('dump@example.com');
  const { rows } = await server.owner.query<{ text: string }>(
    'select row_to_json(c)::text as text from sign_in_codes c union all select row_to_json(j)::text from kept_jobs j union all select row_to_json(e)::text from events e',
  );
  const dump = rows.map((row) => row.text).join('\n');
  expect(dump).toContain('dump@example.com');
  expect(dump).toContain('sealed');
  // As a word of its own: the digits of a hash or a time may hold any six.
  expect(dump).not.toMatch(new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`));
});
