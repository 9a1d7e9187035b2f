const KEY = 'muster.last-organization';
const DAYS_30 = 30 * 24 * 3600 * 1000;

/** Remembers for 30 days which organization was open last in this browser. */
export function rememberOrganization(slug: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ slug, until: Date.now() + DAYS_30 }));
  } catch {
    // Without storage the next start shows the list.
  }
}

/** The slug remembered in `stored`, unless its time is over or it cannot be read. */
export function readRemembered(stored: string | null, now: number): string | null {
  if (!stored) return null;
  try {
    // Anything may stand in a browser's storage: each part is checked before it is believed.
    const value = JSON.parse(stored) as { slug?: unknown; until?: unknown } | null;
    const valid = typeof value?.slug === 'string' && typeof value.until === 'number' && value.until > now;
    return valid && typeof value.slug === 'string' ? value.slug : null;
  } catch {
    return null;
  }
}

export function lastOrganization(): string | null {
  try {
    return readRemembered(localStorage.getItem(KEY), Date.now());
  } catch {
    return null;
  }
}
