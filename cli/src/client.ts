import type { DescService } from '@bufbuild/protobuf';
import { createClient } from '@connectrpc/connect';
import type { Client, Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { OrganizationService } from '@muster/api/organization';
import type { Organization } from '@muster/api/organization';
import { readProfile } from './config.ts';
import { Problem } from './problem.ts';

export interface GlobalOptions {
  readonly url?: string;
  readonly organization?: string;
  readonly output: 'table' | 'json';
}

/** A connection to the server as the bearer of an access token. */
export interface Session {
  readonly url: string;
  readonly token: string;
  client<S extends DescService>(service: S): Client<S>;
  /** The organization of the token. */
  organization(): Promise<Organization>;
}

export function connect(options: GlobalOptions): Session {
  const { url, token } = readProfile(options);
  if (!token)
    throw new Problem('No access token: run "muster login", or set MUSTER_TOKEN.', {
      code: 'unauthenticated',
      reason: 'login_required',
    });
  const withToken: Interceptor = (next) => (request) => {
    request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
  const transport = createConnectTransport({ baseUrl: url, httpVersion: '1.1', interceptors: [withToken] });
  const organizations = createClient(OrganizationService, transport);
  return {
    url,
    token,
    client: (service) => createClient(service, transport),
    organization: async () => {
      if (options.organization) return organizations.getOrganization({ name: `organizations/${options.organization}` });
      const {
        organizations: [own],
      } = await organizations.listOrganizations({ pageSize: 1 });
      if (!own)
        throw new Problem('This access token opens no organization.', { code: 'not_found', reason: 'not_found' });
      return own;
    },
  };
}

/** `fp`, an id or `projects/…` as a resource name. */
export const projectName = (text: string): string => (text.startsWith('projects/') ? text : `projects/${text}`);

/** Every page of a list, one after the other, up to `limit` things. */
export async function* allPages<P extends { nextPageToken: string }, T>(
  list: (pageToken: string) => Promise<P>,
  items: (page: P) => readonly T[],
  limit = Infinity,
): AsyncIterable<T> {
  let left = limit;
  let pageToken = '';
  do {
    const page = await list(pageToken);
    for (const item of items(page)) {
      if (left-- <= 0) return;
      yield item;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
