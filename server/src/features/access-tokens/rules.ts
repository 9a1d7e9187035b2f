import { PRESETS, isScope } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import { HOUR } from '../../platform/clock.ts';
import { Refusal } from '../../platform/errors.ts';

export const LIVE_AT_ONCE = 50;
export const DEFAULT_DAYS = 90;
/** Ended tokens stay listed for so many days. */
export const LISTED_DAYS = 30;
/** Making a token needs a sign-in that is not older. */
export const FRESH_MS = 24 * HOUR;

/** The scopes of a new token; none named means reading and writing data. */
export function requireScopes(scopes: readonly string[]): Scope[] {
  if (scopes.length === 0) return [...PRESETS.readAndWriteData];
  const unknown = scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined)
    throw new Refusal('field_invalid', { field: 'scopes', sentence: `There is no scope "${unknown}".` });
  return scopes.filter(isScope);
}
