import { receiptDocument, receiptProofSchema, type ReceiptProof } from '../../../common/consent/receiptDocument';
import { canonical } from '../../../common/protocol/canonical';
import type { StoredConfirmation, StoredReceipt } from '../../vault/repositories';

/**
 * What was signed of a stored receipt. `confirmationOf` finds the host's confirmation of a withdrawal by the
 * withdrawal's signature. Throws a ZodError for a receipt that this program could not have stored.
 */
export function receiptProof(
  receipt: StoredReceipt,
  confirmationOf: (withdrawalSignature: string) => Pick<StoredConfirmation, 'proof' | 'hostSignature'> | null,
): ReceiptProof {
  return receiptProofSchema.parse({
    personKey: receipt.identityKey,
    request: receipt.request,
    answer: receipt.answer,
    answerSignature: receipt.answerSignature,
    hostSignature: receipt.hostSignature,
    noticeText: receipt.noticeText,
    withdrawals: receipt.withdrawals.map(({ withdrawal, signature }) => {
      const confirmed = confirmationOf(signature);
      const erasure = confirmed && { proof: confirmed.proof, signature: confirmed.hostSignature };
      return { withdrawal, signature, erasure };
    }),
  });
}

/** The text of a receipt file: the canonical form (RFC 8785) of its document, to be written in UTF-8 without anything else. */
export function receiptFile(proof: ReceiptProof): string {
  return canonical(receiptDocument(proof));
}
