import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { startServer } from '../../../test/harness.ts';
import type { Person } from '../../../test/harness.ts';
import { callRaw } from '../../../test/raw-call.ts';
import { makeTenant } from '../../../test/tenant.ts';

const SAMPLES = 1000;
const AT_ONCE = 16;

/** How far apart two samples are: the z value of the rank test of Mann and Whitney. */
function rankDistance(a: readonly number[], b: readonly number[]): number {
  const ranked = [
    ...a.map((value) => ({ value, first: true })),
    ...b.map((value) => ({ value, first: false })),
  ].toSorted((x, y) => x.value - y.value);
  let sum = 0;
  for (const [index, { first }] of ranked.entries()) if (first) sum += index + 1;
  const [n, m] = [a.length, b.length];
  const u = sum - (n * (n + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

test('the rank test that judges here finds a difference of one part in ten', () => {
  const sample = (shift: number): number[] =>
    Array.from({ length: SAMPLES }, (_unused, index) => (index % 100) + shift);
  expect(Math.abs(rankDistance(sample(0), sample(0)))).toBeLessThan(1);
  expect(Math.abs(rankDistance(sample(0), sample(10)))).toBeGreaterThan(4);
});

test('a thousand answers about what is there take as long as a thousand about what is not', async () => {
  await using server = await startServer();
  const home = await makeTenant(server, 'home@acme.example');
  const strange = await makeTenant(server, 'stranger@other.example');
  const names = [
    () => `projects/${home.things.project}/records/${home.things.record}`,
    () => `projects/${newId()}/records/${newId()}`,
  ];
  const time = async (caller: Person, name: string): Promise<number> => {
    const began = performance.now();
    const { status } = await callRaw(server, 'muster.v1.RecordService/GetRecord', { name }, caller);
    expect(status).toBe(404);
    return performance.now() - began;
  };
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < (2 * SAMPLES) / AT_ONCE; round++)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_unused, index) => {
        const side = (index + round) % 2 === 0 ? 0 : 1;
        times[side].push(await time(strange.admin, names[side]?.() ?? ''));
      }),
    );
  expect(times.map(({ length }) => length)).toEqual([SAMPLES, SAMPLES]);
  // Chance alone goes beyond 4 once in sixteen thousand runs; the difference before there was a step was at 6.
  expect(Math.abs(rankDistance(...times))).toBeLessThan(4);
});
