import type { Database } from '../database';
import type { SavedBackupRepository } from '../repositories';

function saltOf(database: Database): string {
  const row = database.get<{ salt: Uint8Array }>('SELECT salt FROM objection_salt WHERE id = 1');
  return row === undefined ? '' : Buffer.from(row.salt).toString('hex');
}

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
    refusals: () => ({
      salt: saltOf(database),
      objections: database.all('SELECT id, kind, reason, added_at AS addedAt FROM objections ORDER BY position'),
      objectionMarks: database.all('SELECT objection_id AS id, mark FROM objection_marks'),
      restrictions: database.all('SELECT identity_key AS identityKey, ground, since FROM restrictions'),
    }),
    addRefusals: ({ salt, objections, objectionMarks, restrictions }) =>
      database.transaction(() => {
        // Under another salt the marks would recognise nobody.
        const own = saltOf(database) === salt;
        for (const { id, kind, reason, addedAt } of own ? objections : []) {
          database.run(
            'INSERT INTO objections (id, kind, reason, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
            [...[id, kind, reason, addedAt]],
          );
        }
        for (const { id, mark } of own ? objectionMarks : []) {
          database.run('INSERT INTO objection_marks (objection_id, mark) VALUES (?, ?) ON CONFLICT DO NOTHING', [
            id,
            mark,
          ]);
        }
        for (const { identityKey, ground, since } of restrictions) {
          database.run(
            `INSERT INTO restrictions (identity_key, ground, since)
             SELECT identity_key, ?, ? FROM people WHERE identity_key = ? ON CONFLICT DO NOTHING`,
            [ground, since, identityKey],
          );
        }
      }),
    forgetMarksUntil: (until) => {
      database.run('DELETE FROM erased_marks WHERE at <= ?', [until]);
    },
  };
}
