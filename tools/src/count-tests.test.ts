import { expect, test } from 'vitest';
import { countTests } from './count-tests.mjs';

const report = (passed: number, failed: number, files: { status: string; tests: string[] }[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((outcome) => ({ status: outcome })),
    })),
  });

test.each([
  ['all passed', report(3, 0), true, { passed: 3, failed: 0 }],
  ['some failed', report(3, 2, [{ status: 'failed', tests: ['passed', 'failed'] }]), false, { passed: 3, failed: 2 }],
  ['a file did not load', report(3, 0, [{ status: 'failed', tests: [] }]), false, { passed: 3, failed: 1 }],
  [
    'a file did not load beside a failed test',
    report(3, 1, [
      { status: 'failed', tests: [] },
      { status: 'failed', tests: ['failed'] },
    ]),
    false,
    { passed: 3, failed: 2 },
  ],
  [
    'a hook failed after its tests',
    report(3, 0, [{ status: 'failed', tests: ['passed'] }]),
    false,
    { passed: 3, failed: 1 },
  ],
  ['an error outside of any test', report(3, 0), false, { passed: 3, failed: 1 }],
  ['no test at all', report(0, 0), true, { passed: 0, failed: 1 }],
  ['no report', '', false, { passed: 0, failed: 1 }],
  ['half a report', '{"numPassedTests": 3', true, { passed: 0, failed: 1 }],
])('%s', (_what, text, endedWell, counts) => {
  expect(countTests(text, endedWell)).toEqual(counts);
});
