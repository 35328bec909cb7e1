import type { Migration } from '../migrate';

/** What hosts answered to withdrawals. No reference to withdrawals: those stay as they were signed. */
export const erasureConfirmations: Migration = {
  version: 3,
  up: (database) => database.exec(schema),
};

const schema = `
CREATE TABLE erasure_confirmations (
  withdrawal_signature TEXT PRIMARY KEY,
  host_signature TEXT NOT NULL,
  confirmed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
