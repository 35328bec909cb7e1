import { describe, expect, it } from 'vitest';
import { addCounts, exitCodeFor, playwrightCounts, summaryLine, vitestCounts } from './test-counts.mjs';

const vitestReport = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

describe('vitestCounts', () => {
  it('takes the numbers of the report', () => {
    expect(vitestCounts(vitestReport, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });
  it('counts a file that failed before its first test', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(vitestCounts({ ...vitestReport, testResults }, 1).failed).toBe(2);
  });
  it('is a failure without a report, whatever the exit code says', () => {
    expect(vitestCounts(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('playwrightCounts', () => {
  it('does not trust a test that passed only when repeated', () => {
    const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } };
    expect(playwrightCounts(report, 1)).toEqual({ passed: 3, failed: 2, skipped: 4 });
  });
  it('counts a run that failed without a failed test', () => {
    const report = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } };
    expect(playwrightCounts(report, 1).failed).toBe(1);
  });
});

describe('the summary', () => {
  it('adds the parts up', () => {
    const total = addCounts([
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 10, failed: 3, skipped: 0 },
    ]);
    expect(summaryLine(total)).toBe('11 passed, 3 failed, 2 skipped');
  });
  it('is a success only when something passed and nothing failed', () => {
    expect(exitCodeFor({ passed: 1, failed: 0, skipped: 9 })).toBe(0);
    expect(exitCodeFor({ passed: 0, failed: 0, skipped: 9 })).toBe(1);
    expect(exitCodeFor({ passed: 9, failed: 1, skipped: 0 })).toBe(1);
  });
});
