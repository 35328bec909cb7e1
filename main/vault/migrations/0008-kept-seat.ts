import type { Migration } from '../migrate';

/** The place in a running meeting, to come back to after a crash. One at most; gone when the meeting is over. */
export const keptSeat: Migration = {
  version: 8,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE kept_seat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;
`;
