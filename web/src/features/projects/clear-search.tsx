import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The way out of a search that found nothing. */
export function ClearSearch({ onClear }: { onClear: (search: string) => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={() => onClear('')}>
      {t('ui.clearFilters')}
    </Button>
  );
}
