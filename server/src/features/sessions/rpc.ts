import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { SessionService } from '@muster/api/session';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { createSession } from './create-session.ts';
import type { SessionView } from './create-session.ts';
import { deleteSession } from './delete-session.ts';
import { getSession } from './get-session.ts';
import { requestCode } from './request-code.ts';

const toMessage = (view: SessionView) => ({
  name: `sessions/${view.id}`,
  account: { name: `accounts/${view.accountId}`, displayName: view.displayName, email: view.email },
  createTime: timestampFromDate(view.createTime),
  expireTime: timestampFromDate(view.expireTime),
});

export const sessionService: ServiceOf<typeof SessionService> = {
  requestSignInCode: async (ctx, request) => ({ retryAfterSeconds: await requestCode(ctx, request) }),
  createSession: async (ctx, request) => toMessage(await createSession(ctx, request)),
  getSession: async (ctx) => toMessage(await getSession(ctx)),
  deleteSession: async (ctx) => {
    await deleteSession(ctx);
    return {};
  },
};
