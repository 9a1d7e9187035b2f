import { randomInt } from 'node:crypto';

const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);

/** Steps of the ledger's random test: few in `npm test`, ten thousand in `npm run soak`. */
export const MODEL_STEPS = number('MUSTER_MODEL_STEPS', 600);
/** Where random tests begin; printed, so that a failure can be repeated. */
export const SEED = number('MUSTER_SEED', randomInt(2 ** 31));

/** Random numbers that a seed determines (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, and without, `below`. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  one<T>(of: readonly T[]): T | undefined {
    return of[this.below(of.length)];
  }
}
