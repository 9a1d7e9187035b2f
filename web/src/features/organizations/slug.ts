/** `Über Robots!` gives `uber-robots`: what is left of a text in `a–z 0–9`, words joined by single hyphens. */
export const slugify = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** The slug proposed for an organization; empty when the name leaves fewer than the three characters one needs. */
export function proposeOrganizationSlug(name: string): string {
  const slug = slugify(name).slice(0, 40).replace(/-$/, '');
  return slug.length < 3 || /^\d+$/.test(slug) ? '' : slug;
}
