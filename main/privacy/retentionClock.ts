import type { RetentionClock } from '../vault/repositories';

const hour = 60 * 60 * 1000;
/** A leap by more than this is not believed at once. Somebody back from a holiday loses an hour by that, no more. */
const leap = 7 * 24 * hour;
/** A little less than the time between two rounds: a timer may be a moment early. */
const patience = hour - 60_000;

/** What is believed of the clock. */
export interface ClockJudgement {
  /** To be stored. */
  readonly clock: RetentionClock;
  /** Null: go ahead. Otherwise nothing is to be deleted before this moment. */
  readonly resumesAt: number | null;
}

/**
 * Deleting cannot be undone, and a clock that is a year ahead would delete everything. So when it has leapt by more than a
 * week since it was last seen, nothing is deleted for an hour, in which the window says so and the clock can be set right.
 * If it is not, what it says counts: the doubt outlives a restart, so an app that is rarely open deletes all the same. A
 * clock that is behind deletes late, which nobody can tell from here.
 */
export function judgeClock(before: RetentionClock | null, now: number): ClockJudgement {
  const trusted: ClockJudgement = { clock: { seenAt: now, doubtedAt: null }, resumesAt: null };
  if (before === null || now - before.seenAt <= leap) return trusted;
  // Set back since it was doubted, and still far ahead: a new doubt.
  const doubtedAt = before.doubtedAt === null || now < before.doubtedAt ? now : before.doubtedAt;
  if (now >= doubtedAt + patience) return trusted;
  return { clock: { seenAt: before.seenAt, doubtedAt }, resumesAt: doubtedAt + hour };
}
