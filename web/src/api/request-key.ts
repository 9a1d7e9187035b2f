import { useCallback, useRef } from 'react';
import { problemOf } from './errors.ts';

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
 * answer makes one thing. `refused` belongs into `onError`: when the server has refused, nothing was made under the old
 * key, and the mended form gets a new one.
 */
export function useRequestKey(): { current: () => string; refused: (error: unknown) => void } {
  const key = useRef('');
  const current = useCallback(() => {
    key.current ||= drawUuid();
    return key.current;
  }, []);
  const refused = useCallback((error: unknown) => {
    if (!['network', 'unavailable'].includes(problemOf(error).reason)) key.current = '';
  }, []);
  return { current, refused };
}
