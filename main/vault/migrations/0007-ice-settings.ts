import type { Migration } from '../migrate';

/** The team's own STUN and TURN servers, and the secret that the latter share with the host. */
export const iceSettings: Migration = {
  version: 7,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE ice_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  servers TEXT NOT NULL,
  secret TEXT NOT NULL
) STRICT;
`;
