import { expect, test } from 'vitest';
import { proposeOrganizationSlug, slugify } from './slug.ts';

test.each([
  ['Acme Robotics', 'acme-robotics'],
  ['  Über   Robots! ', 'uber-robots'],
  ['a--b__c', 'a-b-c'],
  ['机器人', ''],
  ['Ｆｕｌｌ width', 'full-width'],
])('%j becomes %j', (name, slug) => {
  expect(slugify(name)).toBe(slug);
});

test.each([
  ['Acme', 'acme'],
  ['AB', ''],
  ['2026', ''],
  ['x'.repeat(39) + ' yz', 'x'.repeat(39)],
])('the slug proposed for %j is %j', (name, slug) => {
  expect(proposeOrganizationSlug(name)).toBe(slug);
});
