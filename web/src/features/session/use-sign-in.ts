import { createConnectQueryKey, useMutation } from '@connectrpc/connect-query';
import { SessionService } from '@muster/api/session';
import { useQueryClient } from '@tanstack/react-query';
import { instanceTransport, problemOf } from '../../api/index.ts';
import type { Problem } from '../../ui/index.ts';
import { useCountdown } from './use-countdown.ts';

interface SignIn {
  /** Mails a code, and starts the countdown until another may be asked for. */
  requestCode: (email: string, onSent: () => void) => void;
  signIn: (email: string, code: string) => void;
  /** Seconds until another code may be asked for. */
  wait: number;
  codeSent: boolean;
  requesting: boolean;
  signingIn: boolean;
  problem: Problem | null;
}

/** Both steps of signing in by e-mail code. */
export function useSignIn(onSignedIn: () => void): SignIn {
  const client = useQueryClient();
  const { left, start } = useCountdown();
  const request = useMutation(SessionService.method.requestSignInCode, { transport: instanceTransport });
  const create = useMutation(SessionService.method.createSession, {
    transport: instanceTransport,
    onSuccess: async (session) => {
      // Another person may have used this page before.
      client.clear();
      const schema = SessionService.method.getSession;
      client.setQueryData(
        createConnectQueryKey({ schema, input: {}, transport: instanceTransport, cardinality: 'finite' }),
        session,
      );
      onSignedIn();
    },
  });
  const error = create.error ?? request.error;
  return {
    requestCode: (email, onSent) => {
      create.reset();
      request.mutate(
        { email },
        {
          onSuccess: ({ retryAfterSeconds }) => {
            start(retryAfterSeconds);
            onSent();
          },
          onError: (failure) => start(problemOf(failure).retryAfterSeconds),
        },
      );
    },
    signIn: (email, code) => {
      request.reset();
      create.mutate({ email, code });
    },
    wait: left,
    codeSent: request.isSuccess,
    requesting: request.isPending,
    signingIn: create.isPending,
    problem: error ? problemOf(error) : null,
  };
}
