import type { Database } from '../database';
import type { ConfirmationRepository, StoredConfirmation } from '../repositories';

/** Apart from receipts and withdrawals: those are what was signed here, this is what was answered to it. */
export function createConfirmationRepository(database: Database): ConfirmationRepository {
  return {
    add: ({ withdrawalSignature, hostSignature, confirmedAt }) => {
      database.run(
        `INSERT INTO erasure_confirmations (withdrawal_signature, host_signature, confirmed_at) VALUES (?, ?, ?)
         ON CONFLICT DO NOTHING`,
        [withdrawalSignature, hostSignature, confirmedAt],
      );
    },
    of: (withdrawalSignature) =>
      database.get<StoredConfirmation>(
        `SELECT withdrawal_signature AS withdrawalSignature, host_signature AS hostSignature,
                confirmed_at AS confirmedAt
         FROM erasure_confirmations WHERE withdrawal_signature = ?`,
        [withdrawalSignature],
      ) ?? null,
  };
}
