import { termsOf, type RecordingState } from '../../../common/consent/models';

/**
 * Who must not get into the others' sound, by participant ID: everybody here whose yes to their sound does not stand, as
 * long as sound is recorded and it was promised that it pauses while they speak. Also who has not answered yet.
 */
export function declinersOf(recording: RecordingState | null, participantIds: readonly string[]): readonly string[] {
  if (recording === null || !termsOf(recording.request).pauseForDecliners) return [];
  if (!recording.recordable.includes('audio')) return [];
  return participantIds.filter(
    (id) => recording.consents.find(({ participantId }) => participantId === id)?.audio !== 'yes',
  );
}
