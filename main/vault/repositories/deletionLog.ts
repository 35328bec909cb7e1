import type { DeletionEntry } from '../../../common/retention';
import type { Database } from '../database';
import type { DeletionLogRepository } from '../repositories';

/** Notes what went. To be called within the transaction that deletes, so that neither is there without the other. */
export function createDeletionLogRepository(database: Database, now: () => number): DeletionLogRepository {
  return {
    add: ({ kind, why, count }) => {
      if (count === 0) return;
      database.run('INSERT INTO deletion_log (kind, at, why, count) VALUES (?, ?, ?, ?)', [kind, now(), why, count]);
    },
    newest: (limit) =>
      database.all<DeletionEntry>('SELECT kind, at, why, count FROM deletion_log ORDER BY position DESC LIMIT ?', [
        limit,
      ]),
    count: () => database.get<{ n: number }>('SELECT count(*) AS n FROM deletion_log')?.n ?? 0,
    oldest: (limit) =>
      database.all<{ at: number }>('SELECT at FROM deletion_log ORDER BY at LIMIT ?', [limit]).map(({ at }) => at),
    forgetUntil: (until) => {
      database.run('DELETE FROM deletion_log WHERE at <= ?', [until]);
    },
  };
}
