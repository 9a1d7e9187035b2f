import { PRESETS, isScope } from '../../platform/access/scopes.ts';
import type { Scope } from '../../platform/access/scopes.ts';
import { HOUR } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { cleanText } from '../../platform/text.ts';

export const LIVE_AT_ONCE = 50;
export const DEFAULT_DAYS = 90;
/** Ended tokens stay listed for so many days. */
export const LISTED_DAYS = 30;
/** Making a token needs a sign-in that is not older. */
export const FRESH_MS = 24 * HOUR;

export const LONGEST_DAYS = 366;

export const cleanTokenName = (name: string): string =>
  cleanText(name, { field: 'display_name', min: 1, max: 64, reason: 'name_invalid' });

/** The event of a token's life. */
export function emitTokenEvent(
  ctx: Context,
  event: 'access_token.create' | 'access_token.delete',
  organizationId: string,
  token: { readonly id: string; readonly displayName: string },
): void {
  ctx.effects.emit({
    event,
    category: 'tokens and keys',
    target: `organizations/${organizationId}/accessTokens/${token.id}`,
    targetName: token.displayName,
  });
}

/** The scopes of a new token; none named means reading and writing data. */
export function requireScopes(scopes: readonly string[]): Scope[] {
  if (scopes.length === 0) return [...PRESETS.readAndWriteData];
  const unknown = scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined)
    throw new Refusal('field_invalid', { field: 'scopes', sentence: `There is no scope "${unknown}".` });
  return scopes.filter(isScope);
}
