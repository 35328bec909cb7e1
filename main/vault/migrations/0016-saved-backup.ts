import type { Migration } from '../migrate';

/** When everything was last saved to a file, and what was erased on request since there is such a file. */
export const savedBackup: Migration = {
  version: 16,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE saved_backup (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  saved_at INTEGER NOT NULL
) STRICT;

-- Hashes only (see erasedMarks.ts).
CREATE TABLE erased_marks (
  mark TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
