import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 32;
const CHECK_LENGTH = 6;

/** Kinds of secrets; the kind stands in the secret, so that a leaked one can be recognized. */
export type TokenKind = 'pat' | 'svc' | 'reg' | 'enr' | 'dev' | 'job' | 'scim';

/** A new secret: `mus_`, kind, `_`, 32 random base62 characters, 6 characters of checksum (CRC-32, base62). */
export function makeToken(kind: TokenKind): { secret: string; hash: Buffer; prefix: string } {
  let body = `mus_${kind}_`;
  for (let index = 0; index < SECRET_LENGTH; index++) body += DIGITS.charAt(randomInt(DIGITS.length));
  const secret = body + checksum(body);
  return { secret, hash: hashToken(secret), prefix: secret.slice(0, 12) };
}

/** Whether a text has the form of a secret and the right checksum: a typing mistake is told from a wrong secret without a look-up. */
export function tokenChecksumHolds(text: string): boolean {
  if (!/^mus_[a-z]{3,4}_[0-9A-Za-z]{38}$/.test(text)) return false;
  return checksum(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH);
}

const hashToken = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let index = 0; index < CHECK_LENGTH; index++) {
    text = DIGITS.charAt(rest % DIGITS.length) + text;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text;
}
