import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { BlockList } from 'node:net';
import { tokenChecksumHolds } from '../../platform/access/token.ts';
import type { Credential, Language, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { networkAddressOf } from './network-address.ts';

export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** Names of the two cookies; over https they carry the prefix that ties them to this host (RFC 6265bis section 4.1.3.2). */
export const cookieName = (name: 'session' | 'flow', secure: boolean): string =>
  `${secure ? '__Host-' : ''}muster_${name}`;

/** How this server is reached. */
export interface Site {
  /** Whether people use https. */
  readonly secure: boolean;
  readonly publicOrigin: string | null;
  readonly trustedProxies: BlockList;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What a request says of itself, before anybody has looked at what it wants. Throws `token_unknown`, `token_in_url` and
 * `origin_mismatch`.
 */
export function requestFacts(request: AnyRequest, id: string, site: Site): RequestFacts {
  const { secure, publicOrigin, trustedProxies } = site;
  const header = (name: string): string => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  };
  const url = request.url ?? '/';
  if (/[?&][^#]*mus_[a-z]+_/.test(url)) throw new Refusal('token_in_url');
  const cookies = parseCookies(header('cookie'));
  const session = cookies.get(cookieName('session', secure));
  const flow = cookies.get(cookieName('flow', secure));
  const credential = credentialOf(header('authorization'), session);
  const unsafe = !SAFE.has(request.method ?? 'GET');
  if (
    unsafe &&
    credential.kind !== 'token' &&
    isForeign(header('origin'), header('host') || header(':authority'), header('sec-fetch-site'), publicOrigin)
  )
    throw new Refusal('origin_mismatch');
  return {
    id,
    method: url.split('?', 1)[0] ?? '/',
    networkAddress: networkAddressOf(request.socket?.remoteAddress ?? '', header('x-forwarded-for'), trustedProxies),
    client: header('user-agent').slice(0, 200),
    credential,
    organization: header('muster-organization') || null,
    language: languageOf(header('accept-language')),
    flowHash: flow ? sha256(flow) : null,
    writes: true,
  };
}

function credentialOf(authorization: string, session: string | undefined): Credential {
  const [scheme = '', value = ''] = authorization.split(/\s+/, 2);
  const token = /^bearer$/i.test(scheme)
    ? value
    : /^basic$/i.test(scheme)
      ? Buffer.from(value, 'base64')
          .toString('utf8')
          .replace(/^apikey:/, '')
      : '';
  if (authorization !== '') {
    // A wrong checksum is refused without a look-up.
    if (!tokenChecksumHolds(token)) throw new Refusal('token_unknown');
    return { kind: 'token', hash: sha256(token) };
  }
  return session ? { kind: 'session', hash: sha256(session) } : { kind: 'none' };
}

/** The first of our languages in the order of the list; its weights follow that order in every browser. */
const languageOf = (accepted: string): Language =>
  /(?:^|,)\s*(?<language>en|zh)\b/i.exec(accepted)?.groups?.['language']?.toLowerCase() === 'zh' ? 'zh' : 'en';

/** A browser says where a request comes from; programs say nothing, and have no cookies of people either. */
function isForeign(origin: string, host: string, fetchSite: string, publicOrigin: string | null): boolean {
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return true;
  if (origin === '') return false;
  if (origin === publicOrigin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

function parseCookies(header: string): Map<string, string> {
  return new Map(
    header.split(';').flatMap((pair) => {
      const cut = pair.indexOf('=');
      return cut > 0 ? [[pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()] as const] : [];
    }),
  );
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');
