import type { Migration } from '../migrate';

/** What people filled in at the door, the form it is asked with, and what oneself told a host. */
export const registrations: Migration = {
  version: 11,
  up: (database) => database.exec(schema),
};

const schema = `
-- No reference to meetings: it has a time of its own, longer or shorter than that of the meeting.
CREATE TABLE registrations (
  meeting_id TEXT NOT NULL,
  identity_key TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  answers TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  retention_days INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, identity_key)
) STRICT, WITHOUT ROWID;

-- The form that was used last; whether it still is.
CREATE TABLE registration_form (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  form TEXT NOT NULL,
  in_use INTEGER NOT NULL
) STRICT;

ALTER TABLE meetings ADD COLUMN own_registration TEXT;
`;
