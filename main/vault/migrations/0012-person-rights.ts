import { randomBytes } from 'node:crypto';
import type { Migration } from '../migrate';

/** What people ask for besides access and erasure: objections, restriction, rectification. */
export const personRights: Migration = {
  version: 12,
  up: (database) => {
    database.exec(schema);
    database.run('INSERT INTO objection_salt (id, salt) VALUES (1, ?)', [randomBytes(32)]);
  },
};

const schema = `
CREATE TABLE objection_salt (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

CREATE TABLE objections (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

-- By what somebody is recognised, as keyed hashes: they outlive an erasure and name nobody.
CREATE TABLE objection_marks (
  objection_id TEXT NOT NULL REFERENCES objections (id) ON DELETE CASCADE,
  mark TEXT NOT NULL,
  PRIMARY KEY (mark, objection_id)
) STRICT, WITHOUT ROWID;

-- These three hang on a contact and go with it.
CREATE TABLE restrictions (
  identity_key TEXT PRIMARY KEY REFERENCES people (identity_key) ON DELETE CASCADE,
  ground TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE name_corrections (
  identity_key TEXT PRIMARY KEY REFERENCES people (identity_key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  corrected_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
  id TEXT PRIMARY KEY,
  identity_key TEXT NOT NULL REFERENCES people (identity_key) ON DELETE CASCADE,
  -- The line it is about, and with which it goes; null: about the person.
  chat_id TEXT REFERENCES chat (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_by_person ON statements (identity_key);
CREATE INDEX statements_by_line ON statements (chat_id);
`;
