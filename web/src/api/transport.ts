import type { Interceptor, Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import i18next from 'i18next';

/** Names the organization of a call whose resource names carry none. */
const inOrganization =
  (slug: string): Interceptor =>
  (next) =>
  (request) => {
    request.header.set('muster-organization', slug);
    return next(request);
  };

/** Mails come in the language of the page, which need not be the first one of the browser. */
const inLanguage: Interceptor = (next) => (request) => {
  request.header.set('accept-language', i18next.language);
  return next(request);
};

const connect = (interceptors: Interceptor[]): Transport =>
  createConnectTransport({
    baseUrl: globalThis.location?.origin ?? 'http://localhost',
    interceptors: [inLanguage, ...interceptors],
  });

/** For the pages outside any organization. */
export const instanceTransport: Transport = connect([]);

const transports = new Map<string, Transport>();

/**
 * For the pages of one organization, which the address names. Each organization has its own, and cached answers are
 * kept per transport: two organizations that both have a project `first` never see each other's.
 */
export function organizationTransport(slug: string): Transport {
  let transport = transports.get(slug);
  if (!transport) {
    transport = connect([inOrganization(slug)]);
    transports.set(slug, transport);
  }
  return transport;
}
