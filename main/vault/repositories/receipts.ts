import type { ConsentAnswer, ConsentRequest, ConsentWithdrawal } from '../../../common/consent/models';
import { DomainError } from '../../../common/errors';
import type { Database } from '../database';
import type { ReceiptRepository, StoredReceipt } from '../repositories';

interface ReceiptRow {
  readonly recording_id: string;
  readonly participant_id: string;
  readonly identity_key: string;
  readonly name: string;
  readonly request: string;
  readonly answer: string;
  readonly answer_signature: string;
  readonly host_signature: string | null;
  readonly notice_text: string;
}

/**
 * The proof of every answer. Receipts are never deleted with what they are about. The documents are stored as JSON; both
 * signatures are over their canonical form, so they verify after a round trip.
 */
export function createReceiptRepository(database: Database): ReceiptRepository {
  const withdrawalsOf = (recordingId: string, participantId: string): StoredReceipt['withdrawals'] =>
    database
      .all<{ withdrawal: string; signature: string }>(
        'SELECT withdrawal, signature FROM withdrawals WHERE recording_id = ? AND participant_id = ? ORDER BY position',
        [recordingId, participantId],
      )
      .map(({ withdrawal, signature }) => ({ withdrawal: JSON.parse(withdrawal) as ConsentWithdrawal, signature }));

  const toReceipt = (row: ReceiptRow): StoredReceipt => ({
    recordingId: row.recording_id,
    participantId: row.participant_id,
    identityKey: row.identity_key,
    name: row.name,
    request: JSON.parse(row.request) as ConsentRequest,
    answer: JSON.parse(row.answer) as ConsentAnswer,
    answerSignature: row.answer_signature,
    hostSignature: row.host_signature,
    noticeText: row.notice_text,
    withdrawals: withdrawalsOf(row.recording_id, row.participant_id),
  });
  const find = (recordingId: string, participantId: string) =>
    database.get<ReceiptRow>('SELECT * FROM receipts WHERE recording_id = ? AND participant_id = ?', [
      recordingId,
      participantId,
    ]);

  return {
    put: (receipt) => {
      // An upsert keeps the row, and with it the withdrawals that refer to it and its place in the order.
      database.run(
        `INSERT INTO receipts (recording_id, participant_id, identity_key, name, request, answer, answer_signature,
                               host_signature, notice_text)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (recording_id, participant_id) DO UPDATE SET
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
          receipt.answerSignature,
          receipt.hostSignature,
          receipt.noticeText,
        ],
      );
    },
    // Throws 'recording/not-found' without a receipt. A withdrawal that arrives twice is one.
    addWithdrawal: (recordingId, participantId, withdrawal, signature) => {
      if (find(recordingId, participantId) === undefined) throw new DomainError('recording/not-found');
      database.run(
        `INSERT INTO withdrawals (recording_id, participant_id, withdrawal, signature) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        [recordingId, participantId, JSON.stringify(withdrawal), signature],
      );
    },
    get: (recordingId, participantId) => {
      const row = find(recordingId, participantId);
      return row === undefined ? null : toReceipt(row);
    },
    ofRecording: (recordingId) =>
      database
        .all<ReceiptRow>('SELECT * FROM receipts WHERE recording_id = ? ORDER BY position', [recordingId])
        .map(toReceipt),
    all: () => database.all<ReceiptRow>('SELECT * FROM receipts ORDER BY position').map(toReceipt),
  };
}
