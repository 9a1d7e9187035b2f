import type { Lock, Locker, RequestRelease } from '@tus/utils';
import { Refusal } from '../../platform/errors.ts';

/** Longest time that a request waits for another one of the same upload. */
const PATIENCE_MS = 30_000;

interface Holder {
  readonly askToRelease: RequestRelease;
  readonly waiting: (() => void)[];
}

/**
 * Two requests of one upload take turns, first come first served. Who waits asks who holds to end soon: after a
 * connection broke without a sign, the old request is the one that nobody listens to any more.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Holder>();

  newLock(id: string): Lock {
    return {
      lock: (signal, askToRelease) => this.#take(id, signal, askToRelease),
      unlock: async () => this.#pass(id),
    };
  }

  async #take(id: string, signal: AbortSignal, askToRelease: RequestRelease): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; ;) {
      const holder = this.#held.get(id);
      if (!holder) return void this.#held.set(id, { askToRelease, waiting: [] });
      await holder.askToRelease();
      await turn(holder, signal, end - performance.now());
      if (signal.aborted || performance.now() > end) throw new Refusal('unavailable');
    }
  }

  #pass(id: string): void {
    const holder = this.#held.get(id);
    this.#held.delete(id);
    // All of them look again; the first one in the queue is the first to run.
    for (const wake of holder?.waiting ?? []) wake();
  }
}

function turn(holder: Holder, signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    holder.waiting.push(done);
  });
}
