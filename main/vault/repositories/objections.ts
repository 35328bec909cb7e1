import { randomBytes } from 'node:crypto';
import type { Objection, Objector } from '../../../common/privacy/objections';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import { objectionMarks } from '../objectionMarks';
import type { ObjectionRepository } from '../repositories';

const columns = 'objections.id, kind, reason, added_at AS addedAt';

/** The lists of who does not want what, in the open database. */
export function createObjectionRepository(database: Database, erasure: Pick<Erasure, 'now'>): ObjectionRepository {
  const marksOf = (who: Objector) => {
    const row = database.get<{ salt: Uint8Array }>('SELECT salt FROM objection_salt WHERE id = 1');
    if (row === undefined) throw new Error('this vault has no salt for objections');
    return objectionMarks(row.salt, who);
  };
  const of = (marks: readonly string[]) =>
    database.all<Objection>(
      `SELECT DISTINCT ${columns} FROM objections JOIN objection_marks ON objection_id = objections.id
       WHERE mark IN (${marks.map(() => '?').join(', ')}) ORDER BY position`,
      marks,
    );
  return {
    add: ({ kind, reason, addedAt, who }) =>
      database.transaction(() => {
        const marks = marksOf(who);
        if (marks.every((mark) => of([mark]).some((one) => one.kind === kind))) return;
        const id = randomBytes(16).toString('base64url');
        database.run('INSERT INTO objections (id, kind, reason, added_at) VALUES (?, ?, ?, ?)', [
          ...[id, kind, reason, addedAt],
        ]);
        for (const mark of marks) {
          database.run('INSERT INTO objection_marks (objection_id, mark) VALUES (?, ?)', [id, mark]);
        }
      }),
    // [Note: erasure] Its marks go by the foreign key.
    remove: (id) => {
      let removed = 0;
      erasure.now(() => {
        removed = database.run('DELETE FROM objections WHERE id = ?', [id]).changes;
      });
      return removed > 0;
    },
    list: () => database.all<Objection>(`SELECT ${columns} FROM objections ORDER BY position DESC`),
    of: (who) => of(marksOf(who)),
    covers: (who, kind) => of(marksOf(who)).some((one) => one.kind === kind),
  };
}
