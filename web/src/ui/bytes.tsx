import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount } from './format.ts';

/** A size in a handy unit; the tooltip gives it to the byte. */
export function Bytes({ value }: { value: bigint | number }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('ui.bytes', { bytes: formatCount(value) })} withArrow>
      <Text span inherit style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
        {formatBytes(value)}
      </Text>
    </Tooltip>
  );
}
