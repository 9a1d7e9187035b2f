import { useQuery } from '@connectrpc/connect-query';
import { SessionService, type Account } from '@muster/api/session';
import { createContext, useContext } from 'react';
import { instanceTransport } from '../../api/index.ts';

/** The session of this browser; fails with `login_required` when there is none. */
export const useSession = () =>
  useQuery(SessionService.method.getSession, {}, { transport: instanceTransport, staleTime: 60_000 });

export const AccountContext = createContext<Account | null>(null);

/** Who is signed in. Only under a layout that asked for it. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount needs a signed-in layout');
  return account;
}
