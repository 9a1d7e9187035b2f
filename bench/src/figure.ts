import type pg from 'pg';
import type { Muster } from './muster.ts';
import type { Round } from './rounds.ts';
import type { Project } from './seed.ts';

/** What every figure works on. */
export interface World {
  readonly muster: Muster;
  /** A connection to its PostgreSQL as the owner of the tables. */
  readonly owner: pg.Client;
  readonly rounds: number;
  readonly large: Project;
  readonly small: Project;
}

/** One line of the table: two contenders of the same rounds, and what their ratio should be. */
export interface Comparison {
  readonly title: string;
  readonly unit: string;
  readonly ours: string;
  readonly peer: string;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
  readonly rounds: readonly Round[];
}

export type Figure = (world: World) => Promise<Comparison[]>;

/** A wrong answer is never a fast one: it ends the run. */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}
