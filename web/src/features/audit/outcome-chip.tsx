import { Badge } from '@mantine/core';
import { AuditOutcome } from '@muster/api/audit';
import { useTranslation } from 'react-i18next';

/** Whether it was done, refused or failed: in words, and in colour for the quick eye. */
export function OutcomeChip({ outcome }: { outcome: AuditOutcome }) {
  const { t } = useTranslation();
  const done = outcome === AuditOutcome.DONE;
  const refused = outcome === AuditOutcome.REFUSED;
  return (
    <Badge color={done ? 'green' : refused ? 'orange' : 'red'} variant="light" tt="none">
      {done ? t('audit.done') : refused ? t('audit.refused') : t('audit.failed')}
    </Badge>
  );
}
