import type { Database } from '../database';
import type { SavedBackupRepository } from '../repositories';

/** How much there is in a vault, in a person's terms. */
export function countsOf(database: Database): ReturnType<SavedBackupRepository['counts']> {
  const count = (table: 'meetings' | 'recordings' | 'people') =>
    database.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
  return { meetings: count('meetings'), recordings: count('recordings'), people: count('people') };
}

/** What is known of backups that were saved to files, and what was erased since. */
export function createSavedBackupRepository(database: Database): SavedBackupRepository {
  return {
    lastSavedAt: () => database.get<{ at: number }>('SELECT saved_at AS at FROM saved_backup')?.at ?? null,
    note: (at) => {
      database.run(
        `INSERT INTO saved_backup (id, saved_at) VALUES (1, ?)
         ON CONFLICT DO UPDATE SET saved_at = max(saved_at, excluded.saved_at)`,
        [at],
      );
    },
    counts: () => countsOf(database),
    marks: () => database.all<{ mark: string; at: number }>('SELECT mark, at FROM erased_marks'),
    addMarks: (marks) =>
      database.transaction(() => {
        for (const { mark, at } of marks) {
          database.run('INSERT INTO erased_marks (mark, at) VALUES (?, ?) ON CONFLICT DO NOTHING', [mark, at]);
        }
      }),
    forgetMarksUntil: (until) => {
      database.run('DELETE FROM erased_marks WHERE at <= ?', [until]);
    },
  };
}
