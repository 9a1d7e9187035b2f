import { createConnectQueryKey } from '@connectrpc/connect-query';
import { SessionService } from '@muster/api/session';
import { partialMatchKey, QueryCache, QueryClient } from '@tanstack/react-query';
import { connection } from './connection.ts';
import { isSignedOut, problemOf } from './errors.ts';

/** Reasons that another try cannot change within seconds are not tried again. */
const isAway = (error: unknown): boolean => ['unavailable', 'network'].includes(problemOf(error).reason);
const worthRetrying = (failures: number, error: Error): boolean => failures < 2 && isAway(error);

const sessionKey = createConnectQueryKey({ schema: SessionService.method.getSession, cardinality: undefined });

/**
 * When a page learns that the session has ended, the session is asked for again; that fails too, and the layout shows
 * the sign-in page. A form that learns it only says so: what was typed stays.
 */
const queryCache = new QueryCache({
  onSuccess: () => connection.set(false),
  onError: (error, query) => {
    // Where there is nothing old to show, the page itself says so.
    if (!isAway(error)) connection.set(false);
    else if (query.state.data !== undefined) connection.set(true);
    const isSessionItself = partialMatchKey(query.queryKey, sessionKey);
    if (isSignedOut(error) && !isSessionItself) void queryClient.invalidateQueries({ queryKey: sessionKey });
  },
});

export const queryClient: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: {
    // Asks even when the browser believes to be offline: a Muster on the same machine or network answers all the same.
    queries: { networkMode: 'always', retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { networkMode: 'always', retry: false },
  },
});

connection.onRetry(() => void queryClient.refetchQueries({ type: 'active' }));
