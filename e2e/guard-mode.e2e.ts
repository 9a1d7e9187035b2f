import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { Muster, until } from './harness.ts';

let muster: Muster;

beforeAll(async () => {
  muster = await Muster.start();
});
afterAll(() => muster[Symbol.asyncDispose]());

/** One wrong guess, from one of the networks of the loopback interface. */
function guess(from: string, email: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  request(
    `${muster.url}/muster.v1.SessionService/CreateSession`,
    { method: 'POST', localAddress: from, headers: { 'content-type': 'application/json' } },
    (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)),
  )
    .once('error', reject)
    .end(JSON.stringify({ email, code: '000000' }));
  return promise;
}

test('while somebody guesses codes all over the instance, a person signs in by the link in the mail', async () => {
  for (let network = 1; network <= 20; network++) {
    const guesses = Array.from({ length: 50 }, (_unused, index) =>
      guess(`127.0.1.${network}`, `${network}-${index % 5}@victims.example`),
    );
    expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]));
  }
  await using browser = await Browser.open(muster.url, { locale: 'zh-CN' });
  const { page } = browser;
  await page.goto('/sign-in');
  await page.getByRole('textbox').first().fill('ada@acme.example');
  await page.getByRole('button', { name: '获取验证码' }).click();
  const shown = (): string | undefined =>
    /Sign-in link for ada@acme\.example: (?<link>\S+)/.exec(muster.said)?.groups?.['link'];
  await until(() => shown() !== undefined, 10_000);
  await page.goto(shown() ?? '');
  await page.getByText('使用邮件中的链接以 ada@acme.example 登录。').waitFor();
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  expect(page.url()).not.toContain('link=');
  // That nobody is signed in yet is what the page asks first.
  expect(browser.errors.filter((error) => !error.includes('401'))).toEqual([]);
});
