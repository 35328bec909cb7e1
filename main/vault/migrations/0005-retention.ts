import type { Migration } from '../migrate';

/**
 * How long things are kept, what must not go for now, and what went. A meeting keeps the number of days that was promised
 * when it began; those of older vaults were promised 30.
 */
export const retention: Migration = {
  version: 5,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE retention_settings (
  kind TEXT PRIMARY KEY,
  period INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE meetings ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 30;

CREATE TABLE legal_holds (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE deletion_log (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT;

-- When retention last ran with a clock that seemed right, and since when it seems wrong.
CREATE TABLE retention_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seen_at INTEGER NOT NULL,
  doubted_at INTEGER
) STRICT;
`;
