import type { Migration } from '../migrate';

/**
 * What hosts sign about a withdrawal, on both sides; when copies were exported, so that such a proof can name what it
 * does not reach; what was cut out of recordings; and how long consent clips outlive the rest.
 */
export const consentTerms: Migration = {
  version: 4,
  up: (database) => database.exec(schema),
};

const schema = `
-- The document that was signed, as JSON; null for a confirmation from before there were proofs.
ALTER TABLE erasure_confirmations ADD COLUMN proof TEXT;

-- No reference to recordings: a copy outlives what it was made of, and a proof has to name it.
CREATE TABLE exports (
  position INTEGER PRIMARY KEY,
  recording_id TEXT NOT NULL,
  exported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exports_by_recording ON exports (recording_id);

CREATE TABLE cuts (
  position INTEGER PRIMARY KEY,
  recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  cut_at INTEGER NOT NULL
) STRICT;
CREATE INDEX cuts_by_recording ON cuts (recording_id);

-- Null: no clips were asked for.
ALTER TABLE recordings ADD COLUMN clip_retention_days INTEGER;
`;
