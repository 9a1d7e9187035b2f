import { expect, test } from 'vitest';
import { safeReturnTo } from './return-to.ts';

test.each(['/acme', '/acme?new=project', '/acme/-/audit?event=record.create#row-3', '/', '/a%2Fb'])(
  'goes back to %s',
  (path) => {
    expect(safeReturnTo(path)).toBe(path);
  },
);

test.each([
  null,
  '',
  'acme',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example/acme',
  'javascript:alert(1)',
  '/..//evil.example',
  '/sign-in?return_to=/acme',
])('drops %j', (value) => {
  expect(safeReturnTo(value)).toBeNull();
});
