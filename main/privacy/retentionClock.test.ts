import { describe, expect, test } from 'vitest';
import type { RetentionClock } from '../vault/repositories';
import { judgeClock } from './retentionClock';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 5, 9);

/** What happens round by round, each at this distance from the start. */
function rounds(first: RetentionClock | null, ...moments: number[]) {
  let clock = first;
  return moments.map((at) => {
    const judged = judgeClock(clock, start + at);
    clock = judged.clock;
    return judged.resumesAt === null ? 'go' : judged.resumesAt - start;
  });
}

describe('R21: the clock', () => {
  test('is believed at first, and while it goes on as clocks do', () => {
    expect(rounds(null, 0, hour, 2 * hour, 3 * day, 10 * day)).toEqual(['go', 'go', 'go', 'go', 'go']);
  });

  test('is doubted for an hour after a leap of more than a week', () => {
    const year = 365 * day;
    expect(rounds(null, 0, 7 * day)).toEqual(['go', 'go']);
    expect(rounds(null, 0, 7 * day + 1)).toEqual(['go', 7 * day + 1 + hour]);
    expect(rounds(null, 0, year, year + 1_000, year + hour, year + 2 * hour)).toEqual([
      ...['go', year + hour, year + hour, 'go', 'go'],
    ]);
    // A timer that rings a moment early is no reason to wait another hour.
    expect(rounds(null, 0, year, year + hour - 5)).toEqual(['go', year + hour, 'go']);
  });

  test('set right within that hour, it is believed again', () => {
    expect(rounds(null, 0, 365 * day, hour, 2 * hour)).toEqual(['go', 366 * day - 23 * hour, 'go', 'go']);
    expect(rounds(null, 0, 365 * day, 200 * day, 200 * day + hour)).toEqual([
      ...['go', 365 * day + hour, 200 * day + hour, 'go'],
    ]);
  });

  test('an app that is opened once a month for a minute still deletes', () => {
    expect(rounds(null, 0, 30 * day, 60 * day, 90 * day, 120 * day)).toEqual([
      ...['go', 30 * day + hour, 'go', 90 * day + hour, 'go'],
    ]);
  });

  test('set back, it is believed; nothing goes too early by that', () => {
    expect(rounds({ seenAt: start + 365 * day, doubtedAt: null }, 0, hour)).toEqual(['go', 'go']);
  });
});
