import { termsOf } from '../../common/consent/models';
import type { OwnConsent, OwnWithdrawal } from '../../common/consent/ownConsent';
import { purposeOf } from '../../common/consent/purposeTemplates';
import { deleteAfter } from '../../common/recording/retention';
import type { StoredReceipt } from '../vault/repositories';
import { hasStandingTracks } from './consentProof';
import type { RecordingEnvironment } from './environment';

/** Everything this installation ever agreed to or declined, as a host for itself too. Newest first. */
export function listOwnConsents(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer' | 'now'>,
): readonly OwnConsent[] {
  const { receipts, recordings, meetings, confirmations } = environment.vault();
  const own = environment.signer().publicKey;

  const toConsent = (receipt: StoredReceipt): OwnConsent => {
    const { request, answer, recordingId, participantId } = receipt;
    const self = request.controllerKey === own;
    const recording = self ? recordings.get(recordingId) : null;
    // With a clip something of the person may stay for longer than the recording does.
    const clipDays = answer.decisions.clip === true ? (termsOf(request).clipRetentionDays ?? 0) : 0;
    const due = deleteAfter(request.requestedAt, Math.max(request.retentionDays, clipDays));
    const withdrawals = receipt.withdrawals.map(({ withdrawal, signature }): OwnWithdrawal => {
      // Of one's own recording the tracks themselves say it; of another's, the host's signed word.
      const done = self ? !hasStandingTracks(environment.vault(), withdrawal) : confirmations.of(signature) !== null;
      return {
        kinds: withdrawal.kinds,
        scope: withdrawal.scope ?? 'everything',
        withdrawnAt: withdrawal.withdrawnAt,
        state: done ? 'done' : 'waiting',
        proof: confirmations.of(signature)?.proof ?? null,
      };
    });
    return {
      recordingId,
      participantId,
      meetingTitle: recording?.title ?? meetings.titleOf(request.meetingId),
      controller: {
        name: request.controllerName,
        contact: request.controllerContact,
        identityKey: request.controllerKey,
        self,
      },
      purpose: purposeOf(request, answer.noticeLanguage),
      requestedAt: request.requestedAt,
      answeredAt: answer.answeredAt,
      given: answer.given ?? 'asked',
      deleteAfter: due,
      expired: environment.now() >= due,
      noticeText: receipt.noticeText,
      decisions: answer.decisions,
      withdrawals,
      countersigned: receipt.hostSignature !== null,
      kept: self ? recording !== null : null,
    };
  };

  return receipts
    .all()
    .filter((receipt) => receipt.identityKey === own)
    .map(toConsent)
    .sort((a, b) => b.answeredAt - a.answeredAt);
}
