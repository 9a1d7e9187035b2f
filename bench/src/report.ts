import type { Comparison } from './figure.ts';
import type { Machine } from './machine.ts';
import { spread } from './rounds.ts';
import type { Spread } from './rounds.ts';

export interface Report {
  readonly machine: Machine;
  readonly comparisons: readonly Comparison[];
  readonly seconds: number;
}

interface Summary {
  readonly title: string;
  readonly unit: string;
  readonly ours: Spread & { readonly what: string };
  readonly peer: Spread & { readonly what: string };
  /** Muster's figure divided by the peer's, round by round. */
  readonly ratio: Spread;
  readonly goal: Comparison['goal'];
  readonly met: boolean | null;
  readonly rounds: Comparison['rounds'];
}

function summarise({ title, unit, ours, peer, goal, rounds }: Comparison): Summary {
  const of = (who: string): number[] => rounds.map((round) => round[who] ?? Number.NaN);
  const ratio = spread(rounds.map((round) => (round['ours'] ?? Number.NaN) / (round['peer'] ?? Number.NaN)));
  const met = goal === null ? null : 'atLeast' in goal ? ratio.median >= goal.atLeast : ratio.median <= goal.atMost;
  return {
    title,
    unit,
    goal,
    ratio,
    met,
    rounds,
    ours: { what: ours, ...spread(of('ours')) },
    peer: { what: peer, ...spread(of('peer')) },
  };
}

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
const range = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;
const goalOf = (goal: Comparison['goal']): string =>
  goal === null ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;

/** The table for people, or everything as JSON: medians over the rounds, with the least and the most. */
export function printReport({ machine, comparisons, seconds }: Report, asJson: boolean): void {
  const figures = comparisons.map(summarise);
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ machine, seconds: Math.round(seconds), figures }, null, 2)}\n`);
    return;
  }
  const rows = figures.map((figure) => [
    figure.title,
    figure.unit,
    range(figure.ours),
    range(figure.peer),
    range(figure.ratio),
    goalOf(figure.goal),
    figure.met === null ? '' : figure.met ? 'met' : 'not met',
  ]);
  const table = [['figure', 'unit', 'Muster', 'peer', 'ratio', 'goal', ''], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const contenders = figures.map((figure) => `${figure.title}: ${figure.ours.what}, beside ${figure.peer.what}.`);
  process.stdout.write(
    `${[
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}, PostgreSQL ${machine.postgres}, load ${machine.load} before the first figure`,
      `Median (least–most) of ${comparisons[0]?.rounds.length ?? 0} interleaved rounds; the ratio is taken round by round. ${Math.round(seconds)} s in all.`,
      '',
      ...lines,
      '',
      ...contenders,
    ].join('\n')}\n`,
  );
}
