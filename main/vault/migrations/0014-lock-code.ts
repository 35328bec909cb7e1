import type { Migration } from '../migrate';

/** What opens a locked app where the keychain keeps the key. One at most. */
export const lockCode: Migration = {
  version: 14,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE lock_code (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kdf TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
`;
