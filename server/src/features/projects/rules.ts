import { Refusal } from '../../platform/errors.ts';

const RESERVED = new Set(['all', 'archived', 'new', 'projects', 'public', 'settings', 'trash']);

/** Throws `slug_invalid` or `slug_reserved`: docs/names.md. */
export function requireProjectSlug(slug: string): void {
  if (slug.length < 2 || slug.length > 40 || !/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(slug)) {
    throw new Refusal('slug_invalid', {
      field: 'slug',
      sentence:
        'A project ID has 2 to 40 of a–z, 0–9, hyphen and underscore, starts and ends with a letter or digit, and has no two separators in a row.',
    });
  }
  if (RESERVED.has(slug)) throw new Refusal('slug_reserved', { field: 'slug' });
}
