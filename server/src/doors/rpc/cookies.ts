import type { Cookie } from '../../platform/context.ts';
import { cookieName } from './facts.ts';

/** `Set-Cookie` of a cookie that scripts cannot read and other sites cannot send. */
export const cookieHeader = (cookie: Cookie, secure: boolean): string =>
  `${cookieName(cookie.name, secure)}=${cookie.value}; Path=/; Max-Age=${cookie.maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
