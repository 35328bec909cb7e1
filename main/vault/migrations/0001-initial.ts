import type { Migration } from '../migrate';

/** The first format. Times are milliseconds since 1970, keys and signatures base64url as they travel. */
export const initial: Migration = {
  version: 1,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE profile (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  public_key TEXT NOT NULL,
  private_key BLOB NOT NULL
) STRICT;

CREATE TABLE people (
  identity_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  met_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meetings (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  role TEXT NOT NULL,
  host_name TEXT NOT NULL,
  host_key TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX meetings_by_start ON meetings (started_at);

CREATE TABLE meeting_people (
  position INTEGER PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  identity_key TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (meeting_id, identity_key)
) STRICT;

CREATE TABLE chat (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  sender_id TEXT,
  sender_name TEXT NOT NULL,
  sender_key TEXT NOT NULL,
  mine INTEGER NOT NULL,
  text TEXT NOT NULL,
  sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX chat_by_meeting ON chat (meeting_id, sent_at);

CREATE VIRTUAL TABLE chat_index USING fts5 (
  text, content = 'chat', content_rowid = 'position', tokenize = 'unicode61 remove_diacritics 2'
);
-- Without it a deleted word stays in the index until segments happen to be merged.
INSERT INTO chat_index (chat_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER chat_added AFTER INSERT ON chat BEGIN
  INSERT INTO chat_index (rowid, text) VALUES (new.position, new.text);
END;
CREATE TRIGGER chat_deleted AFTER DELETE ON chat BEGIN
  INSERT INTO chat_index (chat_index, rowid, text) VALUES ('delete', old.position, old.text);
END;

-- No reference to recordings: on the participant's side there is none, and a receipt outlives what it was about.
CREATE TABLE receipts (
  position INTEGER PRIMARY KEY,
  recording_id TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  identity_key TEXT NOT NULL,
  name TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  answer_signature TEXT NOT NULL,
  host_signature TEXT,
  notice_text TEXT NOT NULL,
  UNIQUE (recording_id, participant_id)
) STRICT;

CREATE TABLE withdrawals (
  position INTEGER PRIMARY KEY,
  recording_id TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  withdrawal TEXT NOT NULL,
  signature TEXT NOT NULL,
  UNIQUE (recording_id, participant_id, signature),
  FOREIGN KEY (recording_id, participant_id) REFERENCES receipts (recording_id, participant_id)
) STRICT;

CREATE TABLE recordings (
  id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  retention_days INTEGER NOT NULL,
  phase TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE tracks (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  recording_id TEXT NOT NULL REFERENCES recordings (id),
  participant_id TEXT NOT NULL,
  identity_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  offset_ms INTEGER NOT NULL,
  duration_ms INTEGER,
  file_name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  phase TEXT NOT NULL
) STRICT;
CREATE INDEX tracks_by_recording ON tracks (recording_id);

-- Apart from tracks: a row without its key would still be a track.
CREATE TABLE track_keys (
  track_id TEXT PRIMARY KEY REFERENCES tracks (id),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- One row while something that was deleted may still be in log or backups (see erasure.ts).
CREATE TABLE pending_erasure (
  id INTEGER PRIMARY KEY CHECK (id = 1)
) STRICT;
`;
