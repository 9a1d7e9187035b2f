import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows, MessagePage } from '../ui/index.ts';
import { problemOf } from './errors.ts';

interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  /** What stands there meanwhile; grey rows unless said. */
  loading?: ReactNode;
  /** Whole pages say "You may not see this" and "Not found" in place of the red line. */
  page?: boolean;
  children: (data: Data) => ReactNode;
}

/** The three states every page has: loading, failed with Retry, and there. Old data stays while new data loads. */
export function Loaded<Data>({ query, loading = <LoadingRows />, page = false, children }: LoadedProps<Data>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return loading;
  const problem = problemOf(query.error);
  if (page && problem.reason === 'not_found') {
    return <MessagePage title={t('pages.notFound')} sentence={t('pages.notFoundSentence')} actions={<ToStart />} />;
  }
  if (page && problem.reason === 'not_permitted') {
    return <MessagePage title={t('pages.notPermitted')} sentence={problem.sentence} actions={<ToStart />} />;
  }
  return <ErrorState problem={problem} onRetry={() => void query.refetch()} />;
}

function ToStart() {
  const { t } = useTranslation();
  return (
    <Button component="a" href="/">
      {t('pages.toStart')}
    </Button>
  );
}
