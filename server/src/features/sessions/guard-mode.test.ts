import { SessionService } from '@muster/api/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { startServer, waitFor } from '../../../test/harness.ts';
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
  server.clock.forward(25 * 60 * MINUTE);
  email = `person-${people++}@example.com`;
  browser = new Browser(server);
});

const enter = (code: string, entering = browser) => entering.client(SessionService).createSession({ email, code });
const codeIn = async (): Promise<string> => {
  await browser.client(SessionService).requestSignInCode({ email });
  return server.codeFor(email);
};

describe('guard mode', () => {
  /** A thousand wrong tries from everywhere, of which none is of the people here. */
  const guess = (many: number) =>
    server.owner.query(
      "insert into sign_in_attempts (kind, address, network, time) select 'wrong_try', n || '@example.net', ('10.1.' || n / 250 || '.' || n % 250)::inet, $1 from generate_series(1, $2::int) n",
      [server.clock.now(), many],
    );
  const linkIn = async (): Promise<{ link: string; text: string }> => {
    await browser.client(SessionService).requestSignInCode({ email });
    const text = await waitFor(() => server.shown.find((line) => line.startsWith(`Sign-in link for ${email}:`)));
    const fragment = new URLSearchParams(text.slice(text.indexOf('#') + 1));
    expect(fragment.get('email')).toBe(email);
    return { link: fragment.get('link') ?? '', text };
  };

  it('begins with a thousand wrong tries an hour: codes are refused, and a mailed link lets people in', async () => {
    await guess(999);
    const code = await codeIn();
    await guess(1);
    const refusal = await refused(enter(code));
    expect(refusal.reason).toBe('too_many_attempts');
    expect(refusal.retryAfterSeconds).toBeGreaterThan(3500);
    server.clock.forward(MINUTE + 1000);
    const { link, text } = await linkIn();
    expect(link).toMatch(/^[\w-]{43}$/);
    expect(text).toContain('/sign-in#link=');
    expect(await outcomeOf(enter(link, new Browser(server)))).toBe('code_wrong');
    expect(await outcomeOf(enter(link))).toBe('ok');
    expect(await outcomeOf(enter(link))).toBe('code_wrong');
  });

  it('takes links for ten minutes', async () => {
    await guess(1000);
    const { link } = await linkIn();
    server.clock.forward(10 * MINUTE);
    expect(await outcomeOf(enter(link))).toBe('code_wrong');
  });

  it('ends an hour later', async () => {
    await guess(1000);
    server.clock.forward(60 * MINUTE + 1000);
    expect(await outcomeOf(enter(await codeIn()))).toBe('ok');
  });
});
