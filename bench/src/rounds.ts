/** What was measured in one round, by contender. */
export type Round = Readonly<Record<string, number>>;

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Measures every contender once a round, one after the other, so that a machine that is busy for a while is busy for
 * all of them; each round begins with another one. A round before the first warms everything up and is not counted.
 */
export async function interleaved(
  count: number,
  contenders: Readonly<Record<string, (round: number) => Promise<number>>>,
): Promise<Round[]> {
  const names = Object.keys(contenders);
  const rounds: Round[] = [];
  for (let round = 0; round <= count; round++) {
    const measured: Record<string, number> = {};
    for (const step of names.keys()) {
      const name = names[(round + step) % names.length] ?? '';
      const measure = contenders[name];
      if (measure) measured[name] = await measure(round);
    }
    if (round > 0) rounds.push(measured);
  }
  return rounds;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}
