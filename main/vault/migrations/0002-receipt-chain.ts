import type { Migration } from '../migrate';
import { chainAnswer, chainWithdrawal } from '../receiptChain';
import { storedReceipts } from '../repositories/receipts';

/** [Note: receipt chain] The chain, and in it what the vault already holds, in the order in which it came. */
export const receiptChain: Migration = {
  version: 2,
  up: (database) => {
    database.exec(schema);
    const receipts = storedReceipts(database);
    for (const receipt of receipts) chainAnswer(database, null, receipt);
    for (const receipt of receipts) {
      for (const withdrawal of receipt.withdrawals) chainWithdrawal(database, receipt, withdrawal);
    }
  },
};

const schema = `
CREATE TABLE receipt_chain (
  sequence INTEGER PRIMARY KEY,
  recording_id TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  document_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  entry_hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER receipt_chain_kept BEFORE DELETE ON receipt_chain BEGIN
  SELECT RAISE (ABORT, 'the receipt chain is append-only');
END;
CREATE TRIGGER receipt_chain_unchanged BEFORE UPDATE ON receipt_chain BEGIN
  SELECT RAISE (ABORT, 'the receipt chain is append-only');
END;

CREATE TABLE receipt_chain_end (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  entry_hash TEXT NOT NULL
) STRICT;
INSERT INTO receipt_chain_end VALUES (1, 0, '${'A'.repeat(43)}');
`;
