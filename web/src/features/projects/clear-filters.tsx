import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The way out of filters that nothing matches. */
export function ClearFilters({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={onClear}>
      {t('ui.clearFilters')}
    </Button>
  );
}
