import { queryOptions } from '@tanstack/react-query';

/** What the server tells anyone about itself, at `/instance.json`. */
export interface InstanceFacts {
  version: string;
  /** False as long as no mail server is configured: codes then appear in the server's own output. */
  mailConfigured: boolean;
  termsUrl: string | null;
  privacyUrl: string | null;
}

export const instanceFacts = queryOptions({
  queryKey: ['instance.json'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<InstanceFacts> => {
    const response = await fetch('/instance.json', { signal });
    if (!response.ok) throw new TypeError(`instance.json answered ${response.status}`);
    // Written by the server of the same version; the contract has no message for it.
    return (await response.json()) as InstanceFacts;
  },
});
