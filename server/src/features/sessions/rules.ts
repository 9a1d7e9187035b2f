import { domainToASCII } from 'node:url';
import { Refusal } from '../../platform/errors.ts';

export const CODE_LIFE_MINUTES = 10;
export const CODE_TRIES = 5;
export const RESEND_SECONDS = 60;
/** However much it is used; 30 days without use end it too, which the database function entry judges. */
export const SESSION_DAYS = 90;

/** Characters of the secret in a mailed link: 256 bits in base64url. */
export const LINK_SECRET_LENGTH = 43;

/** Budgets of sign-in: at most so many in the window, in hours. */
export const BUDGETS = {
  codesOfAddressHour: { kind: 'code_request', by: 'address', hours: 1, limit: 5 },
  codesOfAddressDay: { kind: 'code_request', by: 'address', hours: 24, limit: 20 },
  codesOfNetwork: { kind: 'code_request', by: 'network', hours: 1, limit: 30 },
  wrongOfAddress: { kind: 'wrong_try', by: 'address', hours: 1, limit: 10 },
  wrongOfNetwork: { kind: 'wrong_try', by: 'network', hours: 1, limit: 50 },
  wrongOfInstance: { kind: 'wrong_try', by: 'instance', hours: 1, limit: 1000 },
} as const;
export type Budget = (typeof BUDGETS)[keyof typeof BUDGETS];

// The unquoted form of a local part: RFC 5321 section 4.1.2, Dot-string.
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/**
 * The normal form of an e-mail address, the only one that is stored and compared: trimmed, NFKC, lower case, domain in
 * its ASCII form (RFC 5891), at least one dot in it, 254 characters at most. Throws `email_invalid`.
 */
export function normalEmail(text: string): string {
  const parts = text.trim().normalize('NFKC').toLowerCase().split('@');
  const [local = '', rawDomain = ''] = parts;
  const domain = domainToASCII(rawDomain);
  const labels = domain.split('.');
  const valid =
    parts.length === 2 &&
    local.length <= 64 &&
    LOCAL.test(local) &&
    labels.length > 1 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    local.length + domain.length + 1 <= 254;
  if (!valid) throw new Refusal('email_invalid', { field: 'email' });
  return `${local}@${domain}`;
}

/** The network that budgets count: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain || '0.0.0.0';
  const [head = '', tail = ''] = plain.split('%', 1)[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** The name of a new account until its owner chooses one: the part before the @. */
export const firstName = (email: string): string => email.slice(0, email.indexOf('@')).slice(0, 64);
