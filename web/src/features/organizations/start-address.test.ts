import { expect, test } from 'vitest';
import { readRemembered } from './last-organization.ts';
import { startAddress } from './start-address.ts';

test('without a membership one creates an organization', () => {
  expect(startAddress([], 'acme')).toBe('/new-organization');
});

test('the only membership opens, whatever was used last', () => {
  expect(startAddress(['acme'], 'globex')).toBe('/acme');
});

test('of several the one used last opens, else the list', () => {
  expect(startAddress(['acme', 'globex'], 'globex')).toBe('/globex');
  expect(startAddress(['acme', 'globex'], 'initech')).toBe('/organizations');
  expect(startAddress(['acme', 'globex'], null)).toBe('/organizations');
});

test('what was remembered holds until its time, and only in its own form', () => {
  expect(readRemembered('{"slug":"acme","until":2000}', 1000)).toBe('acme');
  expect(readRemembered('{"slug":"acme","until":2000}', 2000)).toBeNull();
  for (const broken of [null, '', 'null', '{', '[]', '{"slug":7,"until":2000}', '{"slug":"acme"}']) {
    expect(readRemembered(broken, 1000)).toBeNull();
  }
});
