import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MoreButtonProps {
  /** The part of TanStack's infinite query that a button needs. */
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Under a list that goes on. */
export function MoreButton({ hasNextPage, isFetchingNextPage, fetchNextPage }: MoreButtonProps) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('ui.more')}
      </Button>
    </Center>
  );
}
