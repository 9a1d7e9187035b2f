import { timestampDate } from '@bufbuild/protobuf/wkt';
import { AccessTokenSchema, AccessTokenService } from '@muster/api/access_token';
import type { Command } from 'commander';
import { allPages, collect } from '../../client.ts';
import { command, session } from '../../command.ts';
import { printList } from '../../output.ts';

export const listCommand = (): Command =>
  command('list', 'Your own access tokens in the organization, newest first.').action(
    async (_own: object, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const client = open.client(AccessTokenService);
      const rows = await collect(
        allPages(
          (pageToken) => client.listAccessTokens({ parent, pageToken }),
          (page) => page.accessTokens,
        ),
      );
      printList(options, 'accessTokens', AccessTokenSchema, rows, [
        ['name', (token) => token.displayName],
        ['begins with', (token) => token.prefix],
        ['scopes', (token) => token.scopes.join(' ')],
        ['ends', (token) => (token.expireTime ? timestampDate(token.expireTime).toISOString() : '')],
      ]);
    },
  );
