import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { isSignedOut, Loaded, problemOf } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { AccountContext, useSession } from './use-session.ts';

/** Lets signed-in people through and sends everybody else to the sign-in page, which brings them back here. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (isSignedOut(session.error)) {
    const here = pathname + search;
    const address = paths.signIn(here === '/' ? undefined : here);
    // Somebody was signed in here a moment ago, or the cookie of an ended session still is.
    const expired = session.data !== undefined || problemOf(session.error).reason !== 'login_required';
    return <Navigate to={address} replace state={{ expired }} />;
  }
  return (
    <Loaded query={session} loading={null}>
      {({ account }) =>
        account ? <AccountContext value={account}>{children}</AccountContext> : <Box aria-hidden="true" />
      }
    </Loaded>
  );
}
