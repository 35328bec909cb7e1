import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, HeldRepository, HeldRow } from '../repositories';

/**
 * Everything that is kept under somebody's identity key, wherever it lies. What names a person and is not read here is
 * found by the test of main/privacy/dataRegistry.ts.
 */
const everything = `
SELECT identity_key AS identityKey, name, 'contact' AS kind, NULL AS id, NULL AS title, met_at AS since, 1 AS count
  FROM people
UNION ALL
SELECT present.identity_key, present.name, 'meeting', meetings.id, title, started_at, 1
  FROM meetings JOIN (
    SELECT meeting_id, identity_key, name FROM meeting_people
    UNION ALL
    SELECT id, host_key, host_name FROM meetings AS hosted
      WHERE NOT EXISTS (SELECT 1 FROM meeting_people WHERE meeting_id = hosted.id AND identity_key = host_key)
  ) AS present ON present.meeting_id = meetings.id
UNION ALL
SELECT sender_key, max(sender_name), 'chat', meetings.id, title, min(sent_at), count(*)
  FROM chat JOIN meetings ON meetings.id = chat.meeting_id GROUP BY meetings.id, sender_key
UNION ALL
SELECT identity_key, name, 'registration', meeting_id, title, registered_at, 1 FROM registrations
UNION ALL
SELECT public_key, NULL, 'registration', meetings.id, title, started_at, 1
  FROM meetings JOIN profile WHERE own_registration IS NOT NULL
UNION ALL
SELECT identity_key, NULL, 'recording', recordings.id, title, started_at, count(*)
  FROM tracks JOIN recordings ON recordings.id = tracks.recording_id
  WHERE tracks.phase <> 'erased' GROUP BY recordings.id, identity_key
UNION ALL
SELECT identity_key, name, 'consent', receipts.recording_id, recordings.title, json_extract(answer, '$.answeredAt'), 1
  FROM receipts LEFT JOIN recordings ON recordings.id = receipts.recording_id
UNION ALL
-- One's own answers name who had asked.
SELECT json_extract(request, '$.controllerKey'), json_extract(request, '$.controllerName'), 'consent', recording_id, NULL,
    json_extract(answer, '$.answeredAt'), 1
  FROM receipts WHERE json_extract(request, '$.controllerKey') NOT IN (identity_key, (SELECT public_key FROM profile))
UNION ALL
SELECT identity_key, name, 'request', id, NULL, received_at, 1 FROM person_requests WHERE identity_key IS NOT NULL
UNION ALL
SELECT identity_key, name, 'request', id, NULL, made_at, 1 FROM own_requests
ORDER BY since, kind
`;

/** What is kept about whom, and its erasure. */
export function createHeldRepository(
  database: Database,
  erasure: Pick<Erasure, 'now' | 'mark'>,
  log: Pick<DeletionLogRepository, 'add'>,
): HeldRepository {
  return {
    all: () => database.all<HeldRow>(everything),
    // [Note: erasure] The search index goes by the trigger on chat, the notices of a host with the contact.
    erase: ({ identityKey, contact, meetingIds, registeredIn, trackIds, requestIds }) =>
      erasure.now(() => {
        const count = { contact: 0, presence: 0, line: 0, registration: 0, track: 0, request: 0 };
        erasure.mark(
          ...(contact ? [['contact', identityKey] as const] : []),
          ...meetingIds.map((id) => ['meeting', id, identityKey] as const),
          ...registeredIn.map((id) => ['registration', id, identityKey] as const),
          ...trackIds.map((id) => ['gone', id] as const),
          ...requestIds.map((id) => ['request', id, identityKey] as const),
        );
        const remove = (sql: string, ...parameters: readonly string[]) => database.run(sql, parameters).changes;
        if (contact) count.contact = remove('DELETE FROM people WHERE identity_key = ?', identityKey);
        for (const id of meetingIds) {
          const which = [id, identityKey] as const;
          remove('DELETE FROM notice_acknowledgements WHERE meeting_id = ? AND identity_key = ?', ...which);
          count.presence += remove('DELETE FROM meeting_people WHERE meeting_id = ? AND identity_key = ?', ...which);
          remove("UPDATE meetings SET host_name = '', host_key = '' WHERE id = ? AND host_key = ?", ...which);
          count.line += remove('DELETE FROM chat WHERE meeting_id = ? AND sender_key = ?', ...which);
        }
        for (const id of registeredIn) {
          const sql = 'DELETE FROM registrations WHERE meeting_id = ? AND identity_key = ?';
          count.registration += remove(sql, id, identityKey);
        }
        for (const id of trackIds) {
          remove('DELETE FROM track_keys WHERE track_id = ?', id);
          count.track += remove('DELETE FROM tracks WHERE id = ? AND identity_key = ?', id, identityKey);
        }
        for (const id of requestIds) {
          count.request += remove('DELETE FROM person_requests WHERE id = ? AND identity_key = ?', id, identityKey);
          count.request += remove('DELETE FROM own_requests WHERE id = ? AND identity_key = ?', id, identityKey);
        }
        // What is left of tracks that were erased before: that there had been one.
        remove("DELETE FROM tracks WHERE identity_key = ? AND phase = 'erased'", identityKey);
        for (const kind of ['contact', 'presence', 'line', 'registration', 'track', 'request'] as const) {
          log.add({ kind, why: 'request', count: count[kind] });
        }
      }),
  };
}
