import {
  recordingKinds,
  type ParticipantConsent,
  type RecordingKind,
  type RecordingState,
} from '../../../common/consent/models';

export function consentOf(recording: RecordingState, participantId: string): ParticipantConsent | null {
  return recording.consents.find((consent) => consent.participantId === participantId) ?? null;
}

/** What of a person goes into the recording right now. */
export function recordedKinds(consent: ParticipantConsent | null): readonly RecordingKind[] {
  return consent === null ? [] : recordingKinds.filter((kind) => consent[kind] === 'yes');
}
