import { expect, test } from 'vitest';
import { digitsOf, looksLikeEmail } from './code.ts';

test.each([
  ['123 456', '123456'],
  ['Your code: 012-345.', '012345'],
  ['１２３４５６', '123456'],
  ['1234567', '123456'],
  ['abc', ''],
])('%j holds the digits %s', (text, digits) => {
  expect(digitsOf(text)).toBe(digits);
});

test.each([
  ['mira@robots.example', true],
  ['  mira@robots.example ', true],
  ['mira＠robots.example', true],
  ['mira@robots', false],
  ['mira robots@x.example', false],
  ['a@b@c.example', false],
  ['', false],
])('%j is worth sending: %s', (text, worth) => {
  expect(looksLikeEmail(text)).toBe(worth);
});
