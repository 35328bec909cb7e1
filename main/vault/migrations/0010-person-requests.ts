import type { Migration } from '../migrate';

/** What people ask about their data: of this installation's owner, and what its owner asks of others. */
export const personRequests: Migration = {
  version: 10,
  up: (database) => database.exec(schema),
};

const schema = `
-- identity_key: of whom it came; NULL when that is not known here. The rest is main/privacy's.
CREATE TABLE person_requests (
  id TEXT PRIMARY KEY,
  identity_key TEXT,
  name TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  closed_at INTEGER,
  document TEXT NOT NULL
) STRICT;

-- identity_key and name: of the host who was asked.
CREATE TABLE own_requests (
  id TEXT PRIMARY KEY,
  identity_key TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  closed_at INTEGER,
  document TEXT NOT NULL
) STRICT;
`;
