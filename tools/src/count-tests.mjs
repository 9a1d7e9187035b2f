/**
 * Counts of one run of vitest, from the text of its JSON report and from whether it ended well. What vitest cannot
 * count fails all the same: a file that does not load, an error outside of any test, a run without any test.
 * @param {string} report empty when there is none
 * @param {boolean} endedWell
 * @returns {{ passed: number, failed: number }}
 */
export function countTests(report, endedWell) {
  let read = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  try {
    read = JSON.parse(report);
  } catch {
    // No report, or half of one: nothing is counted, which fails below.
  }
  const unloaded = read.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = read.numFailedTests + unloaded;
  const failedUncounted = failed === 0 && (!endedWell || read.numPassedTests === 0);
  return { passed: read.numPassedTests, failed: failedUncounted ? 1 : failed };
}
