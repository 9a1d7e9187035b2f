import { Text, Tooltip } from '@mantine/core';
import { formatTime, formatUtc } from './format.ts';

/** A moment in the viewer's time zone; the tooltip gives it in UTC. */
export function Time({ value }: { value: Date }) {
  return (
    <Tooltip label={formatUtc(value)} withArrow>
      <Text span inherit style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
        <time dateTime={formatUtc(value)}>{formatTime(value)}</time>
      </Text>
    </Tooltip>
  );
}
