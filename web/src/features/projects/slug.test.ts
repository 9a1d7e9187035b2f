import { expect, test } from 'vitest';
import { proposeProjectSlug } from './slug.ts';

test.each([
  ['First project', 'fp'],
  ['Warehouse night shift', 'wns'],
  ['Fleet 2026', 'f2026'],
  ['Localization', 'localization'],
  ['Teleoperation-x', 'tx'],
  ['机器人测试', 'jqrcs'],
  ['自动驾驶 Phase 2', 'zdjsp2'],
  ['X', ''],
  ['', ''],
])('the slug proposed for %j is %j', (name, slug) => {
  expect(proposeProjectSlug(name, [])).toBe(slug);
});

test('a slug that is taken gets the next number', () => {
  expect(proposeProjectSlug('First project', ['fp'])).toBe('fp-2');
  expect(proposeProjectSlug('First project', ['fp', 'fp-2', 'fp-4'])).toBe('fp-3');
});

test('a reserved word is never proposed', () => {
  expect(proposeProjectSlug('settings', [])).toBe('settings-2');
});
