import { describe, expect, it } from 'vitest';
import { requireProjectSlug } from './rules.ts';

const reasonOf = (slug: string): string => {
  try {
    requireProjectSlug(slug);
    return 'ok';
  } catch (error) {
    return error instanceof Error && 'reason' in error ? String(error.reason) : 'broken';
  }
};

describe('the slug of a project', () => {
  it.each([['fp'], ['a-b'], ['a_b'], ['a-b_c'], ['42'], ['a'.repeat(40)]])('may be %s', (slug) => {
    expect(reasonOf(slug)).toBe('ok');
  });

  it.each([
    [''],
    ['a'],
    ['a'.repeat(41)],
    ['a--b'],
    ['a__b'],
    ['a-_b'],
    ['-ab'],
    ['ab_'],
    ['-'],
    ['Ab'],
    ['аb'],
    ['a.b'],
    ['..'],
    ['a b'],
    ['a/b'],
    ['ab\n'],
  ])('may not be %j', (slug) => {
    expect(reasonOf(slug)).toBe('slug_invalid');
  });

  it.each([['all'], ['archived'], ['new'], ['projects'], ['public'], ['settings'], ['trash']])(
    'may not be the reserved word %s',
    (slug) => {
      expect(reasonOf(slug)).toBe('slug_reserved');
    },
  );
});
