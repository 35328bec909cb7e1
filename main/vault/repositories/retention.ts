import { retentionKinds, retentionRules, type RetentionKind, type RetentionPeriods } from '../../../common/retention';
import type { Database } from '../database';
import type { RetentionClock, RetentionRepository } from '../repositories';

/** The period that is set for a kind, or its default. */
export function periodOf(database: Pick<Database, 'get'>, kind: RetentionKind): number {
  const set = database.get<{ period: number }>('SELECT period FROM retention_settings WHERE kind = ?', [kind]);
  return set?.period ?? retentionRules[kind].default;
}

/** Settings of retention, and what it knows of the clock. */
export function createRetentionRepository(database: Database): RetentionRepository {
  return {
    periods: () =>
      Object.fromEntries(retentionKinds.map((kind) => [kind, periodOf(database, kind)])) as unknown as RetentionPeriods,
    setPeriod: (kind, period) => {
      database.run(
        `INSERT INTO retention_settings (kind, period) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET period = excluded.period`,
        [kind, period],
      );
    },
    clock: () =>
      database.get<RetentionClock>(
        'SELECT seen_at AS seenAt, doubted_at AS doubtedAt FROM retention_clock WHERE id = 1',
      ) ?? null,
    setClock: ({ seenAt, doubtedAt }) => {
      database.run(
        `INSERT INTO retention_clock (id, seen_at, doubted_at) VALUES (1, ?, ?)
         ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, doubted_at = excluded.doubted_at`,
        [seenAt, doubtedAt],
      );
    },
  };
}
