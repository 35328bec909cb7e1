import type { LetterOutcome, WithdrawalLetter } from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';
import { isGenuineWithdrawal } from '../consentProof';
import type { RecordingEnvironment } from '../environment';
import type { WithdrawalDesk } from '../withdrawalDesk';

/**
 * Carries out a letter from somebody whom this installation recorded, once every withdrawal in it has proved to be theirs.
 * Throws `letter/not-for-here` and `letter/forged`, having changed nothing; and what destroying throws.
 */
export function takeWithdrawalLetter(
  { vault, signer, verify }: RecordingEnvironment,
  desk: Pick<WithdrawalDesk, 'take'>,
  letter: WithdrawalLetter,
): LetterOutcome {
  const { receipts, confirmations, recordings, meetings } = vault();
  const known = letter.withdrawals.map(({ withdrawal, signature }) => {
    if (withdrawal.recordingId !== letter.recordingId) throw new DomainError('letter/forged');
    const receipt = receipts.get(withdrawal.recordingId, withdrawal.participantId);
    if (receipt?.request.controllerKey !== signer().publicKey) throw new DomainError('letter/not-for-here');
    if (receipt.identityKey !== letter.personKey || !isGenuineWithdrawal(withdrawal, signature, receipt, verify)) {
      throw new DomainError('letter/forged');
    }
    return { receipt, repeated: confirmations.of(signature) !== null };
  });
  const proofs = letter.withdrawals.map(({ withdrawal, signature }) => {
    const signed = desk.take(withdrawal, signature);
    if (signed === null) throw new DomainError('letter/forged');
    return signed.proof;
  });
  const [first] = known;
  if (first === undefined) throw new DomainError('letter/damaged');
  const { recordingId, participantId, name, request } = first.receipt;
  return {
    type: 'carried-out',
    personName: name,
    ...{ recordingId, participantId, proofs },
    meetingTitle: recordings.get(recordingId)?.title ?? meetings.titleOf(request.meetingId),
    askedAt: request.requestedAt,
    repeated: known.every(({ repeated }) => repeated),
  };
}
