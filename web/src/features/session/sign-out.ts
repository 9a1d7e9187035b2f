import { useMutation } from '@connectrpc/connect-query';
import { SessionService } from '@muster/api/session';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { instanceTransport } from '../../api/index.ts';
import { paths } from '../../paths.ts';
import { uploads } from '../uploads/index.ts';

/** Ends this session only, and forgets everything this page has loaded. */
export function useSignOut() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation(SessionService.method.deleteSession, {
    transport: instanceTransport,
    onSuccess: async () => {
      uploads.forget();
      await navigate(paths.signIn());
      client.clear();
    },
  });
}
