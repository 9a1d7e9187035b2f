import { expect, test } from 'vitest';
import { makeToken, tokenChecksumHolds } from './token.ts';

test('a secret has its kind, its length and a checksum that holds', () => {
  const { secret, prefix, hash } = makeToken('pat');
  expect(secret).toMatch(/^mus_pat_[0-9A-Za-z]{38}$/);
  expect(secret.startsWith(prefix)).toBe(true);
  expect(hash).toHaveLength(32);
  expect(tokenChecksumHolds(secret)).toBe(true);
});

test('a secret with one wrong character, or cut short, is told at once', () => {
  const { secret } = makeToken('pat');
  const wrong = secret.slice(0, 20) + (secret[20] === 'x' ? 'y' : 'x') + secret.slice(21);
  expect(tokenChecksumHolds(wrong)).toBe(false);
  expect(tokenChecksumHolds(secret.slice(0, -1))).toBe(false);
  expect(tokenChecksumHolds('')).toBe(false);
});
