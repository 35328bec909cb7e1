import type { Migration } from '../migrate';

/**
 * When each receipt, or its newest withdrawal, came in by this computer's own clock: retention counts from it. What is here already
 * came when its documents say, but not later than now.
 */
export const receiptTimes: Migration = {
  version: 18,
  up: (database) => database.exec(schema),
};

const now = "CAST(strftime('%s', 'now') AS INTEGER) * 1000";
/** A document that says no time must keep no vault shut. */
const timeIn = (document: string, name: string) =>
  `CAST(coalesce(json_extract(${document}, '$.${name}'), 0) AS INTEGER)`;

const schema = `
ALTER TABLE receipts ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0;
UPDATE receipts SET taken_at = min(${now}, max(
  ${timeIn('answer', 'answeredAt')},
  coalesce((
    SELECT max(${timeIn('withdrawal', 'withdrawnAt')}) FROM withdrawals
    WHERE withdrawals.recording_id = receipts.recording_id AND withdrawals.participant_id = receipts.participant_id
  ), 0)
));
`;
