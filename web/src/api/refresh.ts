import type { DescMethodUnary, DescService } from '@bufbuild/protobuf';
import { createConnectQueryKey } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

type Stale = DescService | DescMethodUnary;

/**
 * After a change: asks again for what stands on the page and belongs to the given services or methods, in every
 * organization and for every input.
 */
export function useRefresh(): (...stale: Stale[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...stale) => {
      await Promise.all(
        stale.map((schema) => {
          const queryKey =
            schema.kind === 'service'
              ? createConnectQueryKey({ schema, cardinality: undefined })
              : createConnectQueryKey({ schema, cardinality: undefined });
          return client.invalidateQueries({ queryKey });
        }),
      );
    },
    [client],
  );
}
