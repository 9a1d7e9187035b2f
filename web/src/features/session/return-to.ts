// Any host will do: it only has to stay the same.
const HOST = 'http://console.invalid';

/**
 * Where to go after sign-in: only a path of this host, starting with exactly one `/`. Anything else is dropped.
 * Read with the browser's own parser, which strips tabs, takes `\` for `/` and resolves `..`.
 */
export function safeReturnTo(value: string | null): string | null {
  if (!value?.startsWith('/') || !URL.canParse(value, HOST)) return null;
  const url = new URL(value, HOST);
  if (url.origin !== HOST || url.pathname.startsWith('//') || url.pathname === '/sign-in') return null;
  return url.pathname + url.search + url.hash;
}
