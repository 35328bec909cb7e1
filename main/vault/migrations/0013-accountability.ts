import type { Migration } from '../migrate';

/** Personal data breaches (Art. 33 (5) GDPR) and data protection impact assessments (Art. 35), each as the document it is. */
export const accountability: Migration = {
  version: 13,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  closed_at INTEGER,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One version for each day on which it was saved, with what was set at that time.
CREATE TABLE assessments (
  day TEXT PRIMARY KEY,
  saved_at INTEGER NOT NULL,
  facts TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
