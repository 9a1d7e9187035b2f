import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '../errors.ts';

const STEP_MS = 5;

/**
 * Finding that something may not be seen takes other steps than finding that it is not there, and a patient clock would
 * tell one from the other. So these answers wait: for the end of the running step since `began`, and for a random part
 * of another one, which hides what the millisecond of a timer would show. Everything else goes on at once.
 */
export async function evenTime(refusal: Refusal, began: number): Promise<void> {
  if (refusal.reason !== 'not_found') return;
  const spent = performance.now() - began;
  await sleep(STEP_MS - (spent % STEP_MS) + Math.random() * STEP_MS);
}
