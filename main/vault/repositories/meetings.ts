import type { MeetingSummary, Role } from '../../../common/meeting/models';
import { deleteAfter } from '../../../common/recording/retention';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, MeetingRepository } from '../repositories';
import { refuseHeld } from './holds';
import { holdsRestricted, refuseRestricted } from './restrictions';
import { periodOf } from './retention';

interface MeetingRow {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  readonly host_name: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly message_count: number;
  readonly retention_days: number;
  readonly reason: string | null;
  readonly since: number | null;
}

/** The meetings this installation took part in. */
export function createMeetingRepository(
  database: Database,
  erasure: Erasure,
  log: DeletionLogRepository,
): MeetingRepository {
  const participantNames = (meetingId: string) =>
    database
      .all<{ name: string }>('SELECT name FROM meeting_people WHERE meeting_id = ? ORDER BY position', [meetingId])
      .map(({ name }) => name);

  // The time is over for everybody but those whose data may only be stored; the rest goes when that is lifted.
  const expireOthers = (meetingId: string) => {
    const free = 'NOT IN (SELECT identity_key FROM restrictions)';
    const lines = `FROM chat WHERE meeting_id = ? AND sender_key ${free}`;
    const presences = `FROM meeting_people WHERE meeting_id = ? AND identity_key ${free}`;
    const acknowledged = `FROM notice_acknowledgements WHERE meeting_id = ? AND identity_key ${free}`;
    const host = `FROM meetings WHERE id = ? AND host_key <> '' AND host_key ${free}`;
    const isThere = (what: string) => database.get(`SELECT 1 ${what} LIMIT 1`, [meetingId]) !== undefined;
    if (![lines, presences, acknowledged, host].some(isThere)) return;
    erasure.now(() => {
      refuseHeld(database, 'chat', meetingId);
      database.run(`UPDATE meetings SET host_name = '', host_key = '' WHERE id IN (SELECT id ${host})`, [meetingId]);
      database.run(`DELETE ${acknowledged}`, [meetingId]);
      log.add({ kind: 'line', why: 'retention', count: database.run(`DELETE ${lines}`, [meetingId]).changes });
      log.add({ kind: 'presence', why: 'retention', count: database.run(`DELETE ${presences}`, [meetingId]).changes });
    });
  };

  return {
    // Somebody who leaves and joins again goes on with the same entry. How long it is kept is settled when it begins.
    start: (meeting) => {
      database.run(
        `INSERT INTO meetings (id, title, role, host_name, host_key, started_at, retention_days)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET
           title = excluded.title, role = excluded.role, host_name = excluded.host_name, host_key = excluded.host_key,
           started_at = min(started_at, excluded.started_at), ended_at = NULL`,
        [
          ...[meeting.meetingId, meeting.title, meeting.role, meeting.hostName, meeting.hostKey, meeting.startedAt],
          periodOf(database, 'chat'),
        ],
      );
    },
    addParticipant: (meetingId, { identityKey, name }) => {
      database.run(
        `INSERT INTO meeting_people (meeting_id, identity_key, name) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name`,
        [meetingId, identityKey, name],
      );
    },
    end: (meetingId, endedAt) => {
      database.run('UPDATE meetings SET ended_at = ? WHERE id = ?', [endedAt, meetingId]);
    },
    recent: (limit) =>
      database
        .all<MeetingRow>(
          `SELECT meetings.id, title, role, host_name, started_at, ended_at, retention_days, reason, since,
                  (SELECT count(*) FROM chat WHERE chat.meeting_id = meetings.id) AS message_count
           FROM meetings LEFT JOIN legal_holds ON legal_holds.kind = 'chat' AND legal_holds.id = meetings.id
           ORDER BY started_at DESC, meetings.rowid DESC LIMIT ?`,
          [limit],
        )
        .map((row): MeetingSummary => ({
          meetingId: row.id,
          title: row.title,
          role: row.role,
          hostName: row.host_name,
          startedAt: row.started_at,
          endedAt: row.ended_at,
          participantNames: participantNames(row.id),
          messageCount: row.message_count,
          deleteAfter: deleteAfter(row.started_at, row.retention_days),
          hold: row.reason === null || row.since === null ? null : { reason: row.reason, since: row.since },
        })),
    hosts: () =>
      database.all<{ hostKey: string; hostName: string }>(
        // Of a bare column beside max() SQLite takes the row of the maximum.
        `SELECT host_key AS hostKey, host_name AS hostName FROM (
           SELECT host_key, host_name, max(started_at) FROM meetings WHERE host_key <> '' GROUP BY host_key)`,
      ),
    titleOf: (meetingId) =>
      database.get<{ title: string }>('SELECT title FROM meetings WHERE id = ?', [meetingId])?.title ?? null,
    shorten: (meetingId, days) => {
      database.run('UPDATE meetings SET retention_days = min(retention_days, ?) WHERE id = ?', [days, meetingId]);
    },
    // [Note: erasure] Chat, participants and acknowledgements go by the foreign key, the search index by the trigger on chat.
    delete: (meetingId, why = 'by-hand') => {
      if (why === 'retention' && holdsRestricted(database, { kind: 'chat', id: meetingId })) {
        expireOthers(meetingId);
        return;
      }
      erasure.now(() => {
        refuseHeld(database, 'chat', meetingId);
        refuseRestricted(database, { kind: 'chat', id: meetingId });
        const { changes } = database.run('DELETE FROM meetings WHERE id = ?', [meetingId]);
        log.add({ kind: 'chat', why, count: Math.min(changes, 1) });
        if (why === 'retention') return;
        const registered = database.run('DELETE FROM registrations WHERE meeting_id = ?', [meetingId]);
        log.add({ kind: 'registration', why, count: registered.changes });
      });
    },
  };
}
