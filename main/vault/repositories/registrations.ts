import {
  registeredAnswersSchema,
  registrationFormSchema,
  type RegistrationForm,
} from '../../../common/meeting/registration';
import { deleteAfter } from '../../../common/recording/retention';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, RegistrationRepository } from '../repositories';
import { refuseHeld } from './holds';
import { restrictedKeys } from './restrictions';

interface Row {
  readonly meeting_id: string;
  readonly identity_key: string;
  readonly name: string;
  readonly title: string;
  readonly answers: string;
  readonly registered_at: number;
  readonly retention_days: number;
}

/** What people filled in at the door of meetings hosted here, and what oneself told others. */
export function createRegistrationRepository(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
  log: Pick<DeletionLogRepository, 'add'>,
): RegistrationRepository {
  const form = (where: string): RegistrationForm | null => {
    const row = database.get<{ form: string }>(`SELECT form FROM registration_form WHERE ${where}`);
    return row === undefined ? null : registrationFormSchema.parse(JSON.parse(row.form));
  };
  const rows = (where: string, ...parameters: readonly string[]) =>
    database
      .all<Row>(`SELECT * FROM registrations ${where} ORDER BY registered_at, meeting_id, identity_key`, parameters)
      .map((row) => ({
        ...{ meetingId: row.meeting_id, identityKey: row.identity_key, name: row.name, title: row.title },
        registeredAt: row.registered_at,
        deleteAfter: deleteAfter(row.registered_at, row.retention_days),
        answers: registeredAnswersSchema.parse(JSON.parse(row.answers)),
      }));

  return {
    lastForm: () => form('id = 1'),
    formInUse: () => form('id = 1 AND in_use = 1'),
    useForm: (next) => {
      if (next === null) database.run('UPDATE registration_form SET in_use = 0');
      else {
        database.run(
          `INSERT INTO registration_form (id, form, in_use) VALUES (1, ?, 1)
           ON CONFLICT (id) DO UPDATE SET form = excluded.form, in_use = 1`,
          [JSON.stringify(next)],
        );
      }
    },
    // Somebody who comes again says it again: the last word counts, with its own time.
    add: ({ meetingId, identityKey, name, title, answers, registeredAt, retentionDays }) => {
      database.run(
        `INSERT INTO registrations (meeting_id, identity_key, name, title, answers, registered_at, retention_days)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name, title = excluded.title, answers = excluded.answers,
           registered_at = excluded.registered_at, retention_days = excluded.retention_days`,
        [meetingId, identityKey, name, title, JSON.stringify(answers), registeredAt, retentionDays],
      );
    },
    all: () => rows(''),
    ofMeeting: (meetingId) => rows('WHERE meeting_id = ?', meetingId),
    expire: (over) => {
      const restricted = restrictedKeys(database);
      const due = over.filter(({ identityKey }) => !restricted.has(identityKey));
      if (due.length === 0) return;
      erasure.now(() => {
        let count = 0;
        for (const { meetingId, identityKey } of due) {
          refuseHeld(database, 'chat', meetingId);
          const sql = 'DELETE FROM registrations WHERE meeting_id = ? AND identity_key = ?';
          count += database.run(sql, [meetingId, identityKey]).changes;
        }
        log.add({ kind: 'registration', why: 'retention', count });
      });
    },
    give: (meetingId, answers) => {
      database.run('UPDATE meetings SET own_registration = ? WHERE id = ?', [JSON.stringify(answers), meetingId]);
    },
    given: (meetingId) => {
      const row = database.get<{ own: string | null }>('SELECT own_registration AS own FROM meetings WHERE id = ?', [
        meetingId,
      ]);
      return registeredAnswersSchema.parse(JSON.parse(row?.own ?? '[]'));
    },
  };
}
