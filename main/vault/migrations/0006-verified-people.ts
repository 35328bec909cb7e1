import type { Migration } from '../migrate';

/**
 * Whose codes were compared, and since when a key bears its name, so that a known name under a new key is noticed. Of those
 * met before it is not known who had a name first: they all count as first.
 */
export const verifiedPeople: Migration = {
  version: 6,
  up: (database) => database.exec(schema),
};

const schema = `
ALTER TABLE people ADD COLUMN named_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN verified_at INTEGER;
ALTER TABLE people ADD COLUMN verified_as TEXT;
ALTER TABLE people ADD COLUMN accepted_as TEXT;
`;
