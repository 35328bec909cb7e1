import type { LetterOutcome, ProofLetter } from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';
import type { RecordingEnvironment } from '../environment';
import { genuineProofOf, keepErasureProof } from '../withdrawalDesk';

/**
 * Keeps the host's word about withdrawals of this installation's, once all of it has proved to be the host's. Throws
 * `letter/not-for-here` and `letter/forged`, having changed nothing.
 */
export function takeProofLetter(environment: RecordingEnvironment, letter: ProofLetter): LetterOutcome {
  const { receipts, confirmations, meetings } = environment.vault();
  const own = environment.signer().publicKey;
  const known = letter.erasures.map(({ proof, signature }) => {
    const receipt = receipts.get(proof.recordingId, proof.participantId);
    if (receipt?.identityKey !== own) throw new DomainError('letter/not-for-here');
    const withdrawal = genuineProofOf(environment, { proof, signature });
    if (withdrawal === null || letter.hostKey !== receipt.request.controllerKey) throw new DomainError('letter/forged');
    return { receipt, repeated: confirmations.of(withdrawal.signature) !== null };
  });
  const [first] = known;
  if (first === undefined) throw new DomainError('letter/damaged');
  for (const { proof, signature } of letter.erasures) keepErasureProof(environment, { proof, signature });
  const { recordingId, participantId, request } = first.receipt;
  return {
    type: 'confirmed',
    controllerName: request.controllerName,
    ...{ recordingId, participantId },
    proofs: letter.erasures.map(({ proof }) => proof),
    meetingTitle: meetings.titleOf(request.meetingId),
    askedAt: request.requestedAt,
    repeated: known.every(({ repeated }) => repeated),
  };
}
