import { expect, test } from 'vitest';
import { addressOf } from './address-of.ts';

test.each([
  ['projects/p1', '/acme/p1'],
  ['projects/p1/records/r1', '/acme/p1/records/r1'],
  ['projects/p1/records/r1/files/run/log.mcap', '/acme/p1/records/r1'],
  ['organizations/o1', '/acme'],
  ['organizations/o1/accessTokens/t1', null],
  ['', null],
])('%j opens at %j', (name, address) => {
  expect(addressOf('acme', name)).toBe(address);
});
