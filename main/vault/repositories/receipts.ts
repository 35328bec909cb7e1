import type { ConsentAnswer, ConsentRequest, ConsentWithdrawal } from '../../../common/consent/models';
import { DomainError } from '../../../common/errors';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import { chainAnswer, chainExpiry, chainWithdrawal, verifyChain } from '../receiptChain';
import type { DeletionLogRepository, ReceiptRepository, StoredReceipt } from '../repositories';
import { restrictedKeys } from './restrictions';
import { storedConfirmations } from './confirmations';

interface ReceiptRow {
  readonly recording_id: string;
  readonly participant_id: string;
  readonly identity_key: string;
  readonly name: string;
  readonly request: string;
  readonly answer: string;
  /** Empty: the person never signed, the host alone says that no answer came. */
  readonly answer_signature: string;
  readonly host_signature: string | null;
  readonly notice_text: string;
  readonly taken_at: number;
}

/** Every receipt, oldest first. */
export function storedReceipts(database: Pick<Database, 'all'>): readonly StoredReceipt[] {
  return database.all<ReceiptRow>('SELECT * FROM receipts ORDER BY position').map((row) => toReceipt(database, row));
}

function toReceipt(database: Pick<Database, 'all'>, row: ReceiptRow): StoredReceipt {
  const withdrawals = database.all<{ withdrawal: string; signature: string }>(
    'SELECT withdrawal, signature FROM withdrawals WHERE recording_id = ? AND participant_id = ? ORDER BY position',
    [row.recording_id, row.participant_id],
  );
  return {
    recordingId: row.recording_id,
    participantId: row.participant_id,
    identityKey: row.identity_key,
    name: row.name,
    request: JSON.parse(row.request) as ConsentRequest,
    answer: JSON.parse(row.answer) as ConsentAnswer,
    answerSignature: row.answer_signature === '' ? null : row.answer_signature,
    hostSignature: row.host_signature,
    noticeText: row.notice_text,
    takenAt: row.taken_at,
    withdrawals: withdrawals.map(({ withdrawal, signature }) => ({
      withdrawal: JSON.parse(withdrawal) as ConsentWithdrawal,
      signature,
    })),
  };
}

/**
 * The proof of every answer. Receipts outlive what they are about, until retention takes them out. The documents are stored
 * as JSON; both signatures are over their canonical form, so they verify after a round trip. [Note: receipt chain] Whatever is stored
 * is appended to the chain in the same transaction.
 */
export function createReceiptRepository(
  database: Database,
  erasure: Pick<Erasure, 'now' | 'mark'>,
  log: Pick<DeletionLogRepository, 'add'>,
  now: () => number,
): ReceiptRepository {
  const get = (recordingId: string, participantId: string): StoredReceipt | null => {
    const row = database.get<ReceiptRow>('SELECT * FROM receipts WHERE recording_id = ? AND participant_id = ?', [
      recordingId,
      participantId,
    ]);
    return row === undefined ? null : toReceipt(database, row);
  };

  return {
    put: (receipt) =>
      database.transaction(() => {
        chainAnswer(database, get(receipt.recordingId, receipt.participantId), receipt);
        // An upsert keeps the row, and with it the withdrawals that refer to it and its place in the order.
        database.run(
          `INSERT INTO receipts (recording_id, participant_id, identity_key, name, request, answer, answer_signature,
                                 host_signature, notice_text, taken_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (recording_id, participant_id) DO UPDATE SET
             -- The host's signature alone, which comes later, is no new answer.
             taken_at = iif(answer = excluded.answer, taken_at, excluded.taken_at),
             identity_key = excluded.identity_key, name = excluded.name, request = excluded.request,
             answer = excluded.answer, answer_signature = excluded.answer_signature,
             host_signature = excluded.host_signature, notice_text = excluded.notice_text`,
          [
            receipt.recordingId,
            receipt.participantId,
            receipt.identityKey,
            receipt.name,
            JSON.stringify(receipt.request),
            JSON.stringify(receipt.answer),
            receipt.answerSignature ?? '',
            receipt.hostSignature,
            receipt.noticeText,
            now(),
          ],
        );
      }),
    // Throws 'recording/not-found' without a receipt. A withdrawal that arrives twice is one.
    addWithdrawal: (recordingId, participantId, withdrawal, signature) =>
      database.transaction(() => {
        if (get(recordingId, participantId) === null) throw new DomainError('recording/not-found');
        const { changes } = database.run(
          `INSERT INTO withdrawals (recording_id, participant_id, withdrawal, signature) VALUES (?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
          [recordingId, participantId, JSON.stringify(withdrawal), signature],
        );
        if (changes === 0) return;
        database.run('UPDATE receipts SET taken_at = ? WHERE recording_id = ? AND participant_id = ?', [
          ...[now(), recordingId, participantId],
        ]);
        chainWithdrawal(database, { recordingId, participantId }, { withdrawal, signature });
      }),
    get,
    ofRecording: (recordingId) =>
      database
        .all<ReceiptRow>('SELECT * FROM receipts WHERE recording_id = ? ORDER BY position', [recordingId])
        .map((row) => toReceipt(database, row)),
    all: () => storedReceipts(database),
    expire: (expired, at, why = 'retention') => {
      const restricted = why === 'retention' ? restrictedKeys(database) : new Set<string>();
      const due = expired.flatMap(({ recordingId, participantId }) => {
        const receipt = get(recordingId, participantId);
        return receipt === null || restricted.has(receipt.identityKey) ? [] : [receipt];
      });
      if (due.length === 0) return;
      erasure.now(() => {
        for (const receipt of due) {
          const { recordingId, participantId } = receipt;
          chainExpiry(database, receipt, at);
          if (why === 'request') erasure.mark(['receipt', recordingId, participantId]);
          for (const { signature } of receipt.withdrawals) {
            database.run('DELETE FROM erasure_confirmations WHERE withdrawal_signature = ?', [signature]);
          }
          for (const table of ['withdrawals', 'receipts']) {
            database.run(`DELETE FROM ${table} WHERE recording_id = ? AND participant_id = ?`, [
              ...[recordingId, participantId],
            ]);
          }
        }
        log.add({ kind: 'receipt', why, count: due.length });
      });
    },
    verifyChain: () => verifyChain(database, storedReceipts(database), storedConfirmations(database)),
    chainLength: () => database.get<{ count: number }>('SELECT count(*) AS count FROM receipt_chain')?.count ?? 0,
  };
}
