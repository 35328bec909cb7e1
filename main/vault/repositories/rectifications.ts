import type { NameCorrection, Statement } from '../../../common/privacy/personStanding';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { RectificationRepository } from '../repositories';

const columns = 'id, chat_id AS chatId, text, made_at AS madeAt';

/** What people had put right about themselves, in the open database. */
export function createRectificationRepository(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
): RectificationRepository {
  return {
    // What was signed stays as it was signed: chat lines and receipts keep their name.
    correctName: ({ identityKey, name, at }) =>
      erasure.now(() => {
        database.run(
          `UPDATE people SET name = ?, named_at = ?,
             verified_as = CASE WHEN verified_as = name THEN ? ELSE verified_as END,
             accepted_as = CASE WHEN accepted_as = name THEN ? ELSE accepted_as END
           WHERE identity_key = ?`,
          [name, at, name, name, identityKey],
        );
        database.run('UPDATE meeting_people SET name = ? WHERE identity_key = ?', [name, identityKey]);
        database.run('UPDATE registrations SET name = ? WHERE identity_key = ?', [name, identityKey]);
        database.run('UPDATE meetings SET host_name = ? WHERE host_key = ?', [name, identityKey]);
        database.run(
          `INSERT INTO name_corrections (identity_key, name, corrected_at) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET name = excluded.name, corrected_at = excluded.corrected_at`,
          [identityKey, name, at],
        );
      }),
    correctionOf: (identityKey) =>
      database.get<NameCorrection>(
        'SELECT name, corrected_at AS correctedAt FROM name_corrections WHERE identity_key = ?',
        [identityKey],
      ) ?? null,
    addStatement: ({ id, chatId, text, madeAt }, identityKey) => {
      database.run('INSERT INTO statements (id, identity_key, chat_id, text, made_at) VALUES (?, ?, ?, ?, ?)', [
        ...[id, identityKey, chatId, text, madeAt],
      ]);
    },
    removeStatement: (id) => {
      let removed = 0;
      erasure.now(() => {
        removed = database.run('DELETE FROM statements WHERE id = ?', [id]).changes;
      });
      return removed > 0;
    },
    statementsOf: (identityKey) =>
      database.all<Statement>(`SELECT ${columns} FROM statements WHERE identity_key = ? ORDER BY made_at, id`, [
        identityKey,
      ]),
    statementsOn: (meetingId) =>
      database.all<Statement>(
        `SELECT ${columns} FROM statements
         WHERE chat_id IN (SELECT id FROM chat WHERE meeting_id = ?) ORDER BY made_at, id`,
        [meetingId],
      ),
  };
}
