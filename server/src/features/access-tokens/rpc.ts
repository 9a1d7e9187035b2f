import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { AccessTokenService } from '@muster/api/access_token';
import { parseOne, parseTwo } from '../../platform/wire/names.ts';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import { optionalTime } from '../../platform/wire/times.ts';
import { createAccessToken } from './create-access-token.ts';
import { deleteAccessToken } from './delete-access-token.ts';
import { listAccessTokens } from './list-access-tokens.ts';
import type { TokenRow } from './store.ts';

function toMessage(row: TokenRow, organizationId: string) {
  const lastUseTime = optionalTime(row.last_use_time);
  return {
    name: `organizations/${organizationId}/accessTokens/${row.id}`,
    displayName: row.display_name,
    prefix: row.prefix,
    scopes: row.scopes,
    projects: (row.project_ids ?? []).map((id) => `projects/${id}`),
    createTime: timestampFromDate(row.create_time),
    // A revoked token has ended when it was revoked.
    expireTime: timestampFromDate(row.revoke_time ?? row.expire_time),
    ...(lastUseTime && { lastUseTime }),
  };
}

export const accessTokenService: ServiceOf<typeof AccessTokenService> = {
  createAccessToken: async (ctx, request) => {
    const { row, secret, organizationId } = await createAccessToken(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
      projects: request.projects.map((name) => parseOne('projects/*', name)),
    });
    return { accessToken: toMessage(row, organizationId), token: secret };
  },
  listAccessTokens: async (ctx, request) => {
    const { items, nextPageToken, organizationId } = await listAccessTokens(ctx, {
      ...request,
      organization: parseOne('organizations/*', request.parent),
    });
    return { accessTokens: items.map((row) => toMessage(row, organizationId)), nextPageToken };
  },
  deleteAccessToken: async (ctx, request) => {
    const [organization, token] = parseTwo('organizations/*/accessTokens/*', request.name);
    await deleteAccessToken(ctx, { organization, token });
    return {};
  },
};
