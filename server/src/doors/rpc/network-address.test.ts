import { SessionService } from '@muster/api/session';
import { expect, it } from 'vitest';
import { Browser } from '../../../test/browser.ts';
import { startServer } from '../../../test/harness.ts';
import { outcomeOf } from '../../../test/refused.ts';
import { readConfig } from '../../config.ts';
import { networkAddressOf, proxyList } from './network-address.ts';

const proxies = proxyList(readConfig({ MUSTER_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8' }).trustedProxies);

it.each([
  ['203.0.113.7', '', '203.0.113.7'],
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['127.0.0.1', '', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '1.1.1.1, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['127.0.0.1', '10.1.2.3', '10.1.2.3'],
  ['127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['127.0.0.1', '2001:db8::1', '2001:db8::1'],
  ['127.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
  ['fd00::1', '2001:db8::1', '2001:db8::1'],
  ['127.0.0.1', 'unknown', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1, <script>', '127.0.0.1'],
  ['127.0.0.1', ',,,', '127.0.0.1'],
])('a request of %s that says %j comes from %s', (peer, forwarded, address) => {
  expect(networkAddressOf(peer, forwarded, proxies)).toBe(address);
});

it('counts sign-ins for whoever is behind a trusted proxy, and not for what a stranger claims', async () => {
  const ask = (url: string, from: string, index: number) =>
    outcomeOf(
      new Browser({ url }, { 'x-forwarded-for': from })
        .client(SessionService)
        .requestSignInCode({ email: `${index}@example.com` }),
    );
  await using trusting = await startServer({ MUSTER_TRUSTED_PROXIES: '127.0.0.1' });
  await using careful = await startServer();
  for (let index = 0; index < 31; index++) {
    const outcome = index < 30 ? 'ok' : 'too_many_attempts';
    expect(await ask(trusting.url, '198.51.100.1', index)).toBe(outcome);
    expect(await ask(careful.url, `198.51.100.${index}`, index)).toBe(outcome);
  }
  expect(await ask(trusting.url, '198.51.100.2', 99)).toBe('ok');
});
