import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { answerDue, daySchema, daysBetween, localDay, noonOf, urgencyOf } from './deadline';

describe('R25: the time for answering a request (Art. 12 (3) GDPR)', () => {
  test.each([
    ['the same date of the next month', '2026-03-05', '2026-04-06', 'a Sunday, so Monday'],
    ['the same date of the next month', '2026-03-04', '2026-04-06', 'a Saturday, so Monday'],
    ['a working day stays', '2026-03-03', '2026-04-03', 'a Friday; that it is Good Friday is not known'],
    ['31 January', '2026-01-31', '2026-03-02', 'the last of February is a Saturday'],
    ['31 January of a leap year', '2028-01-31', '2028-02-29', ''],
    ['30 January', '2025-01-30', '2025-02-28', 'February has no 30th'],
    ['31 August', '2026-08-31', '2026-09-30', 'September has 30 days'],
    ['over the end of a year', '2026-12-31', '2027-02-01', 'a Sunday'],
  ])('%s: %s ends with %s %s', (_, received, due) => {
    expect(answerDue(received, 1)).toBe(due);
  });

  test.each([
    ['2026-11-30', '2027-03-01'],
    ['2026-01-31', '2026-04-30'],
    ['2026-10-15', '2027-01-15'],
  ])('extended by two months: %s ends with %s', (received, due) => {
    expect(answerDue(received, 3)).toBe(due);
  });

  it('is a working day that exists, 28 to 33 days away', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (received) => {
        const due = answerDue(received, 1);
        expect(daySchema.safeParse(due).success).toBe(true);
        expect([1, 2, 3, 4, 5]).toContain(new Date(`${due}T00:00:00Z`).getUTCDay());
        expect(daysBetween(received, due)).toBeGreaterThanOrEqual(28);
        expect(daysBetween(received, due)).toBeLessThanOrEqual(33);
      }),
    );
  });

  it('is brought to mind 7 and 2 days before, and is not over on its last day', () => {
    const on = (today: string) => urgencyOf('2026-04-06', today);
    expect(['2026-03-29', '2026-03-30', '2026-04-03', '2026-04-04', '2026-04-06', '2026-04-07'].map(on)).toEqual([
      'later',
      'week',
      'week',
      'days',
      'days',
      'overdue',
    ]);
  });

  it('goes by the calendar of this computer', () => {
    expect(localDay(new Date(2026, 0, 31, 23, 59, 59).getTime())).toBe('2026-01-31');
    expect(localDay(noonOf('2026-03-29'))).toBe('2026-03-29');
  });

  it('takes no day that does not exist', () => {
    for (const odd of ['2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', 'x', '2026-01-01T00:00']) {
      expect(daySchema.safeParse(odd).success).toBe(false);
    }
  });
});
