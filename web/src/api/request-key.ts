import { useCallback, useRef } from 'react';

/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` is missing on pages of plain HTTP, this is not. */
export function drawUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The `request_id` of a create: the same however often the form is sent, so that a double click or a retry after a lost
 * answer makes one thing. Call `renew` when the server has refused, because then nothing was made under the old key.
 */
export function useRequestKey(): { current: () => string; renew: () => void } {
  const key = useRef('');
  const current = useCallback(() => {
    key.current ||= drawUuid();
    return key.current;
  }, []);
  const renew = useCallback(() => {
    key.current = '';
  }, []);
  return { current, renew };
}
