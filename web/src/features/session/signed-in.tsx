import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loaded, problemOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { AccountContext, useSession } from './use-session.ts';

const SIGN_IN_REASONS = ['login_required', 'session_expired', 'session_revoked'];

/** Lets signed-in people through and sends everybody else to the sign-in page, which brings them back here. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname, search } = useLocation();
  const reason = session.error ? problemOf(session.error).reason : '';
  if (SIGN_IN_REASONS.includes(reason)) {
    const here = pathname + search;
    const address = paths.signIn(here === '/' ? undefined : here);
    return <Navigate to={address} replace state={{ expired: reason !== 'login_required' }} />;
  }
  return (
    <Loaded query={session} loading={null}>
      {({ account }) =>
        account ? <AccountContext value={account}>{children}</AccountContext> : <Box aria-hidden="true" />
      }
    </Loaded>
  );
}
