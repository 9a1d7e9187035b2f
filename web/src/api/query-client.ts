import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './errors.ts';

/** Reasons that another try cannot change within seconds are not tried again. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && ['unavailable', 'network'].includes(problemOf(error).reason);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
