import type { Migration } from '../migrate';

/** What was done with data at this installation, each entry bound to the one before it. */
export const auditLog: Migration = {
  version: 9,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE audit_log (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  entry_hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log BEGIN
  SELECT RAISE (ABORT, 'the audit log is append-only');
END;

-- The hash that the oldest kept entry follows, and the newest entry: so that none can be taken from either end.
CREATE TABLE audit_log_ends (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  before_first TEXT NOT NULL,
  last_sequence INTEGER NOT NULL,
  last_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_log_ends VALUES (1, '${'A'.repeat(43)}', 0, '${'A'.repeat(43)}');
`;
