import { describe, expect, it } from 'vitest';
import { firstName, networkOf, normalEmail } from './rules.ts';

const local64 = 'a'.repeat(64);
const label63 = 'b'.repeat(63);

describe('the normal form of an address', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada@Example.COM\t', 'ada@example.com'],
    ['ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ada@example.com'],
    ['ada@EXAMPLE。com', 'ada@example.com'],
    ['a.b@x.example', 'a.b@x.example'],
    ['ab@x.example', 'ab@x.example'],
    ['ab+x@x.example', 'ab+x@x.example'],
    ["o'neil/%{x}~@x.example", "o'neil/%{x}~@x.example"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@例え.example', 'ada@xn--r8jz45g.example'],
    [`${local64}@x.example`, `${local64}@x.example`],
    [`a@${label63}.${label63}.${label63}.${'c'.repeat(60)}`, `a@${label63}.${label63}.${label63}.${'c'.repeat(60)}`],
  ])('of %j is %j', (typed, normal) => {
    expect(normalEmail(typed)).toBe(normal);
    expect(normalEmail(normal)).toBe(normal);
  });

  it.each([
    [''],
    ['ada'],
    ['@example.com'],
    ['ada@'],
    ['ada@localhost'],
    ['ada@@example.com'],
    ['ada@b@example.com'],
    ['ada@example..com'],
    ['ada@.example.com'],
    ['ada@example.com.'],
    ['.ada@example.com'],
    ['ada.@example.com'],
    ['a..b@example.com'],
    ['"ada"@example.com'],
    ['a da@example.com'],
    ['ada@exa mple.com'],
    ['ada@example.com\r\nBcc: b@example.com'],
    ['ada\u0000@example.com'],
    ['адa@example.com'],
    ['ada@-x.example'],
    ['ada@x-.example'],
    ['ada@exa_mple.com'],
    ['ada@[127.0.0.1]'],
    ['Ada <ada@example.com>'],
    ['ada@example.com,b@example.com'],
    [`${local64}a@x.example`],
    [`ada@${label63}b.example`],
    [`ab@${label63}.${label63}.${label63}.${'c'.repeat(60)}`],
  ])('is none for %j', (typed) => {
    expect(() => normalEmail(typed)).toThrow(expect.objectContaining({ reason: 'email_invalid' }));
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', '0.0.0.0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('of the whole /64 is one, and of the next /64 another', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:abcd::9'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });
});

it('proposes the part before the @ as name', () => {
  expect(firstName('ada.lovelace+x@example.com')).toBe('ada.lovelace+x');
});
