import { expect, test } from 'vitest';
import { mailedLink } from './mailed-link.ts';

const secret = 'a-_0'.repeat(11).slice(0, 43);

test('a mailed link carries an address and a secret', () => {
  expect(mailedLink(`#link=${secret}&email=ada%2B1%40example.com`)).toEqual({ email: 'ada+1@example.com', secret });
});

test.each(['', '#', `#link=${secret}`, '#link=123456&email=a%40b.example', `#link=${secret}a&email=a%40b.example`])(
  '%j is none',
  (hash) => {
    expect(mailedLink(hash)).toBeNull();
  },
);
