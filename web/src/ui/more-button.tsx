import { Button, Center } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface MoreButtonProps {
  /** The part of TanStack's infinite query that a button needs. */
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** Under a list that goes on: fetches the next rows when it comes into view, or when it is pressed. */
export function MoreButton(props: MoreButtonProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = props;
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  // After a failure only the button tries again.
  const waits = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!waits || !place.current) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage());
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, [waits, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <Center mt="md" ref={place}>
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {isFetchNextPageError ? t('ui.retry') : t('ui.more')}
      </Button>
    </Center>
  );
}
