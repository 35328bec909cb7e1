import { erasureProofSchema } from '../../../common/consent/models';
import type { Database } from '../database';
import { chainErasure } from '../receiptChain';
import type { ConfirmationRepository, StoredConfirmation } from '../repositories';

interface ConfirmationRow {
  readonly withdrawal_signature: string;
  readonly host_signature: string;
  readonly confirmed_at: number;
  readonly proof: string | null;
}

/** Every confirmation, the oldest first. */
export function storedConfirmations(database: Pick<Database, 'all'>): readonly StoredConfirmation[] {
  return database.all<ConfirmationRow>('SELECT * FROM erasure_confirmations ORDER BY confirmed_at').map(toConfirmation);
}

function toConfirmation(row: ConfirmationRow): StoredConfirmation {
  return {
    withdrawalSignature: row.withdrawal_signature,
    hostSignature: row.host_signature,
    confirmedAt: row.confirmed_at,
    proof: row.proof === null ? null : erasureProofSchema.parse(JSON.parse(row.proof)),
  };
}

/**
 * Apart from receipts and withdrawals: those are what was signed here, this is what was answered to it. [Note: receipt
 * chain] A proof is appended to the chain in the same transaction.
 */
export function createConfirmationRepository(database: Database): ConfirmationRepository {
  return {
    add: ({ withdrawalSignature, hostSignature, confirmedAt, proof }) =>
      database.transaction(() => {
        const { changes } = database.run(
          `INSERT INTO erasure_confirmations (withdrawal_signature, host_signature, confirmed_at, proof)
           VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          [withdrawalSignature, hostSignature, confirmedAt, proof === null ? null : JSON.stringify(proof)],
        );
        if (changes > 0 && proof !== null) chainErasure(database, proof, hostSignature);
      }),
    of: (withdrawalSignature) => {
      const row = database.get<ConfirmationRow>('SELECT * FROM erasure_confirmations WHERE withdrawal_signature = ?', [
        withdrawalSignature,
      ]);
      return row === undefined ? null : toConfirmation(row);
    },
  };
}
