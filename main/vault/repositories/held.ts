import type { Database } from '../database';
import type { HeldRepository, HeldRow } from '../repositories';

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
SELECT identity_key, NULL, 'recording', recordings.id, title, started_at, count(*)
  FROM tracks JOIN recordings ON recordings.id = tracks.recording_id
  WHERE tracks.phase <> 'erased' GROUP BY recordings.id, identity_key
UNION ALL
SELECT identity_key, name, 'consent', receipts.recording_id, recordings.title, json_extract(answer, '$.answeredAt'), 1
  FROM receipts LEFT JOIN recordings ON recordings.id = receipts.recording_id
ORDER BY since, kind
`;

/** What is kept about whom. */
export function createHeldRepository(database: Database): HeldRepository {
  return { all: () => database.all<HeldRow>(everything) };
}
