import { Badge, Button, Code, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@connectrpc/connect-query';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { AccessTokenService, type AccessToken } from '@muster/api/access_token';
import type { Organization } from '@muster/api/organization';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, problemOf, useRefresh } from '../../api/index.ts';
import { ConfirmDialog, DataTable, EmptyState, MoreButton, Time, type Column } from '../../ui/index.ts';

const hasEnded = (token: AccessToken): boolean =>
  token.expireTime !== undefined && timestampDate(token.expireTime) <= new Date();

const columns = (t: TFunction, revoke: (token: AccessToken) => void): Column<AccessToken>[] => [
  { id: 'name', header: t('tokens.name'), isName: true, cell: (token) => token.displayName },
  { id: 'prefix', header: t('tokens.prefix'), cell: (token) => <Code>{token.prefix}…</Code> },
  { id: 'scopes', header: t('tokens.scopes'), cell: (token) => token.scopes.join(', ') },
  {
    id: 'projects',
    header: t('tokens.projects'),
    cell: ({ projects }) =>
      projects.length === 0 ? t('tokens.allProjects') : t('tokens.projectCount', { count: projects.length }),
  },
  {
    id: 'expires',
    header: t('tokens.expires'),
    cell: (token) => token.expireTime && <Time value={timestampDate(token.expireTime)} />,
  },
  {
    id: 'used',
    header: t('tokens.lastUse'),
    cell: (token) => (token.lastUseTime ? <Time value={timestampDate(token.lastUseTime)} /> : t('tokens.never')),
  },
  {
    id: 'revoke',
    header: t('tokens.revoke'),
    cell: (token) =>
      hasEnded(token) ? (
        <Badge color="gray" variant="light" tt="none">
          {t('tokens.ended')}
        </Badge>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('tokens.revokeNamed', { name: token.displayName })}
          onClick={() => revoke(token)}
        >
          {t('tokens.revoke')}
        </Button>
      ),
  },
];

/** The person's own tokens, live and lately ended. */
export function TokenTable({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [asked, setAsked] = useState<AccessToken | null>(null);
  const query = useInfiniteQuery(
    AccessTokenService.method.listAccessTokens,
    { parent: organization.name, pageSize: 50, pageToken: '' },
    { pageParamKey: 'pageToken', getNextPageParam: (last) => last.nextPageToken || undefined },
  );
  const mutation = useMutation(AccessTokenService.method.deleteAccessToken, {
    onSuccess: async () => {
      setAsked(null);
      await refresh(AccessTokenService);
    },
  });
  return (
    <>
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.accessTokens);
          if (rows.length === 0) return <EmptyState sentence={t('tokens.none')} />;
          return (
            <DataTable
              label={t('tokens.title')}
              columns={columns(t, setAsked)}
              rows={rows}
              rowKey={(token) => token.name}
            />
          );
        }}
      </Loaded>
      <MoreButton {...query} />
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('tokens.revokeTitle')}
        confirmLabel={t('tokens.revoke')}
        onConfirm={() => asked && mutation.mutate({ name: asked.name })}
        pending={mutation.isPending}
        problem={mutation.error ? problemOf(mutation.error) : null}
      >
        <Text>{t('tokens.revokeSentence', { name: asked?.displayName ?? '' })}</Text>
      </ConfirmDialog>
    </>
  );
}
