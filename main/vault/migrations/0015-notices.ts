import type { Migration } from '../migrate';

/** What people are told of their data, in every version; who has acknowledged which; and what this person has of others. */
export const notices: Migration = {
  version: 15,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE notice_versions (
  number INTEGER PRIMARY KEY,
  -- Of the canonical form of the facts: what says the same is the same version.
  hash TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE notice_acknowledgements (
  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  identity_key TEXT NOT NULL,
  number INTEGER NOT NULL REFERENCES notice_versions (number),
  acknowledged_at INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, identity_key, number)
) STRICT, WITHOUT ROWID;

-- The last notice of each host that the person here has read; it goes with the contact.
CREATE TABLE notices_read (
  host_key TEXT PRIMARY KEY REFERENCES people (identity_key) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  facts TEXT NOT NULL,
  number INTEGER NOT NULL,
  since INTEGER NOT NULL,
  read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
