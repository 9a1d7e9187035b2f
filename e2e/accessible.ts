import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);

/** Runs in the page. */
const SETTLED = `Promise.all(
  document.getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished.catch(() => {})),
)`;

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** Holds a page against WCAG 2.2 A and AA, and against axe's best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // What fades in has less contrast on its way; what moves for ever is decoration.
  await page.evaluate(SETTLED);
  // Through the debugger: the page's own policy allows no scripts but ours.
  const found = await page.evaluate<Violation[]>(
    `${AXE}; axe.run(document, { runOnly: ${RULES} }).then((result) => result.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) })))`,
  );
  expect(
    found.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`,
    ),
  ).toEqual([]);
}
