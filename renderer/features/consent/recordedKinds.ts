import {
  recordingKinds,
  termsOf,
  type ParticipantConsent,
  type RecordingKind,
  type RecordingState,
} from '../../../common/consent/models';

export function consentOf(recording: RecordingState, participantId: string): ParticipantConsent | null {
  return recording.consents.find((consent) => consent.participantId === participantId) ?? null;
}

/** What runs as long as the recording does. A clip is a few seconds at its beginning. */
function running(kinds: readonly RecordingKind[]): readonly RecordingKind[] {
  return kinds.filter((kind) => kind !== 'clip');
}

/**
 * What of a person goes into the recording right now: what they agreed to, as far as it may be recorded at this moment
 * (where everybody has to agree, nothing is while somebody has not).
 */
export function recordedKinds(recording: RecordingState, participantId: string): readonly RecordingKind[] {
  const consent = consentOf(recording, participantId);
  return running(recordingKinds).filter((kind) => consent?.[kind] === 'yes' && recording.recordable.includes(kind));
}

/** What was asked for and may not be recorded now, because not everybody has agreed to it. */
export function waitingKinds({ request, recordable }: RecordingState): readonly RecordingKind[] {
  const { kinds, policy } = termsOf(request);
  return policy === 'everybody' ? running(kinds).filter((kind) => !recordable.includes(kind)) : [];
}

/** Whether nothing at all is recorded as long as not everybody agrees: then nothing may claim that it is. */
export function isWaiting(recording: RecordingState): boolean {
  const kinds = running(termsOf(recording.request).kinds);
  return waitingKinds(recording).length === kinds.length;
}

/** Who of these people keeps a recording that needs everybody waiting. */
export function missingPeople<Person extends { readonly id: string }>(
  recording: RecordingState,
  participants: readonly Person[],
): readonly Person[] {
  const kinds = waitingKinds(recording);
  return participants.filter(({ id }) => {
    const consent = consentOf(recording, id);
    return kinds.some((kind) => consent?.[kind] !== 'yes');
  });
}

/**
 * Who may be heard in the recording though their sound is not recorded: through the loudspeaker of somebody whose sound
 * is. Nobody, where sound is not asked for or not recorded of anybody.
 */
export function unrecordedVoices<Person extends { readonly id: string }>(
  recording: RecordingState,
  participants: readonly Person[],
): readonly Person[] {
  const isHeard = ({ id }: Person) => recordedKinds(recording, id).includes('audio');
  return participants.some(isHeard) ? participants.filter((person) => !isHeard(person)) : [];
}
