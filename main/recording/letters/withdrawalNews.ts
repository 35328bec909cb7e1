import type { WithdrawalNews } from '../../../common/consent/letters';
import type { RecordingEnvironment } from '../environment';

/**
 * What others took back from recordings of this installation after these had ended, confirmed later than `since`
 * (milliseconds since 1970), the oldest first. What is taken back in the meeting is seen there.
 */
export function withdrawalNews(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer'>,
  since: number,
): readonly WithdrawalNews[] {
  const { receipts, confirmations, recordings, meetings } = environment.vault();
  const own = environment.signer().publicKey;
  return receipts
    .all()
    .filter(({ identityKey, request }) => request.controllerKey === own && identityKey !== own)
    .flatMap(({ recordingId, participantId, name, request, withdrawals }) => {
      const recording = recordings.get(recordingId);
      return withdrawals.flatMap(({ signature }): WithdrawalNews[] => {
        const proof = confirmations.of(signature)?.proof ?? null;
        if (proof === null || proof.erasedAt <= since) return [];
        if (recording && (recording.endedAt === null || proof.erasedAt <= recording.endedAt)) return [];
        const meetingTitle = recording?.title ?? meetings.titleOf(request.meetingId);
        return [{ recordingId, participantId, personName: name, meetingTitle, proof }];
      });
    })
    .sort((a, b) => a.proof.erasedAt - b.proof.erasedAt);
}
