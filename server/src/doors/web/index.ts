import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const DIST = fileURLToPath(new URL('../../../../web/dist', import.meta.url));

const HEADERS = {
  // Styles are inline because the kit of the console sets sizes and colours on elements; scripts never are.
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
};

export interface InstanceFacts {
  readonly version: string;
  readonly mailConfigured: boolean;
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
}

/** The console: its built files, and its one page for every other address. */
export function createWebDoor(facts: InstanceFacts): (request: IncomingMessage, response: ServerResponse) => void {
  const instance = JSON.stringify(facts);
  const files = existsSync(DIST)
    ? sirv(DIST, {
        single: true,
        etag: true,
        gzip: true,
        brotli: true,
        setHeaders: (response, path) => {
          // Built files carry a hash of their content in their name; the page that names them does not.
          response.setHeader(
            'cache-control',
            path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          );
        },
      })
    : null;
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/instance.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(instance);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response
        .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
        .end('There is nothing at this address.\n');
    } else if (files) {
      files(request, response, () => void response.writeHead(404).end());
    } else {
      response
        .writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
        .end('The console is not built: start Muster with "npm start", or run "npm run build -w web".\n');
    }
  };
}
