/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * A runner that fails without a failed test (a file that does not compile, a crash) counts as one failure.
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
const withSilentFailure = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

/**
 * @param {any} report Vitest's JSON report; undefined when it wrote none
 * @param {number} exitCode Vitest's
 * @returns {Counts} a file that failed before its first test counts as one failure
 */
export function vitestCounts(report, exitCode) {
  if (!report) return withSilentFailure({ passed: 0, failed: 0, skipped: 0 }, exitCode || 1);
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return withSilentFailure(counts, exitCode);
}

/**
 * @param {any} report Playwright's JSON report; undefined when it wrote none
 * @param {number} exitCode Playwright's
 * @returns {Counts} a test that passed only when repeated counts as failed
 */
export function playwrightCounts(report, exitCode) {
  if (!report) return withSilentFailure({ passed: 0, failed: 0, skipped: 0 }, exitCode || 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withSilentFailure({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/**
 * @param {Counts[]} parts
 * @returns {Counts}
 */
export const addCounts = (parts) => ({
  passed: parts.reduce((sum, part) => sum + part.passed, 0),
  failed: parts.reduce((sum, part) => sum + part.failed, 0),
  skipped: parts.reduce((sum, part) => sum + part.skipped, 0),
});

/** @param {Counts} counts */
export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** @param {Counts} counts @returns {0 | 1} 0 only when something passed and nothing failed */
export const exitCodeFor = ({ passed, failed }) => (failed === 0 && passed > 0 ? 0 : 1);
