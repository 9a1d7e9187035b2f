import type { TFunction } from 'i18next';

const CATEGORIES = {
  'sign-in': 'audit.categories.signIn',
  members: 'audit.categories.members',
  invitations: 'audit.categories.invitations',
  roles: 'audit.categories.roles',
  'tokens and keys': 'audit.categories.tokens',
  'organization settings': 'audit.categories.organization',
  projects: 'audit.categories.projects',
  'records and files': 'audit.categories.records',
  audit: 'audit.categories.audit',
  'usage and billing': 'audit.categories.usage',
  operator: 'audit.categories.operator',
} as const;

const isKnown = (category: string): category is keyof typeof CATEGORIES => Object.hasOwn(CATEGORIES, category);

/** A category in words; one that this version does not know speaks for itself. */
export const categoryOf = (t: TFunction, category: string): string =>
  isKnown(category) ? t(CATEGORIES[category]) : category;

const WAYS = {
  session: 'audit.ways.session',
  job: 'audit.ways.job',
  console: 'audit.ways.console',
  none: 'audit.ways.none',
} as const;

const isWay = (via: string): via is keyof typeof WAYS => Object.hasOwn(WAYS, via);

/** How somebody came in, in words: by a session, by a token that begins so, by a command on the server. */
export function wayOf(t: TFunction, via: string): string {
  const prefix = /^token (\S+)$/.exec(via)?.[1];
  if (prefix) return t('audit.ways.token', { prefix });
  return isWay(via) ? t(WAYS[via]) : via;
}
