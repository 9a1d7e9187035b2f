import { Refusal } from '../../platform/errors.ts';

export const CREATIONS_A_DAY = 3;
export const CHECKS_A_MINUTE = 20;

const RESERVED = new Set(
  (
    'about account admin api app assets auth avatar billing blog callback cdn console contact cr create dashboard dev device devices docs download ' +
    'downloads error events explore favicon files grpc guest health healthz help home image images internal invitations invite legal login logout mail ' +
    'me metrics muster new null oauth oidc openapi organization organizations orgs pricing privacy profile project projects public registry root s3 saml ' +
    'scim search security session sessions settings share sign-in sign-out sign-up signin signout signup static status storage support system team teams ' +
    'terms test tests token tokens undefined user users v1 v2 v3 web webhook webhooks well-known ws www ' +
    // Paths of our own that the list above does not know.
    'new-organization instance readyz uploads'
  ).split(' '),
);

export type SlugProblem = 'slug_invalid' | 'slug_reserved';

/** What is wrong with an organization's slug: docs/names.md. Null when it has the right form. */
export function slugProblem(slug: string): SlugProblem | null {
  if (slug.length < 3 || slug.length > 40 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || /^[0-9]+$/.test(slug))
    return 'slug_invalid';
  return RESERVED.has(slug) ? 'slug_reserved' : null;
}

const FORM =
  'An organization ID has 3 to 40 of a–z, 0–9 and single hyphens, starts and ends with a letter or digit, and is not digits only.';

export function requireSlug(slug: string): void {
  const problem = slugProblem(slug);
  if (problem)
    throw new Refusal(problem, problem === 'slug_invalid' ? { field: 'slug', sentence: FORM } : { field: 'slug' });
}
