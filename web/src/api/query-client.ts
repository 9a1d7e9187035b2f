import { createConnectQueryKey } from '@connectrpc/connect-query';
import { SessionService } from '@muster/api/session';
import { partialMatchKey, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, problemOf } from './errors.ts';

/** Reasons that another try cannot change within seconds are not tried again. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && ['unavailable', 'network'].includes(problemOf(error).reason);

const sessionKey = createConnectQueryKey({ schema: SessionService.method.getSession, cardinality: undefined });

/**
 * When a page learns that the session has ended, the session is asked for again; that fails too, and the layout shows
 * the sign-in page. A form that learns it only says so: what was typed stays.
 */
const queryCache = new QueryCache({
  onError: (error, query) => {
    const isSessionItself = partialMatchKey(query.queryKey, sessionKey);
    if (isSignedOut(error) && !isSessionItself) void queryClient.invalidateQueries({ queryKey: sessionKey });
  },
});

export const queryClient: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
