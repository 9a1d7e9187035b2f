import { Refusal } from './errors.ts';
import type { Reason } from './errors.ts';

// Control characters, line and paragraph separators, and the marks that turn the direction of text around (Unicode
// Standard Annex 9).
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const HIDDEN_BUT_LINES = /(?![\n\r\t])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

export interface TextRule {
  readonly field: string;
  readonly min: number;
  /** Longest, in code points. */
  readonly max: number;
  readonly reason?: Reason;
  readonly lines?: boolean;
}

/** Trims a text, brings it to NFC, and refuses what is too long, too short or holds hidden characters. */
export function cleanText(text: string, rule: TextRule): string {
  const clean = text.normalize('NFC').trim();
  if ((rule.lines ? HIDDEN_BUT_LINES : HIDDEN).test(clean) || !clean.isWellFormed())
    throw new Refusal('text_invalid', { field: rule.field });
  const length = [...clean].length;
  if (length < rule.min || length > rule.max) {
    throw new Refusal(rule.reason ?? 'field_invalid', {
      field: rule.field,
      sentence: `${rule.field} must have ${rule.min} to ${rule.max} characters; it has ${length}.`,
    });
  }
  return clean;
}

/** Escapes a text for use inside a LIKE pattern. */
export const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The words of a search box, without the empty ones. */
export const searchWords = (text: string): string[] => text.normalize('NFC').split(/\s+/u).filter(Boolean);
