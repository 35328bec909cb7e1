import {
  recordingKinds,
  type ParticipantConsent,
  type RecordingKind,
  type RecordingState,
} from '../../../common/consent/models';

export function consentOf(recording: RecordingState, participantId: string): ParticipantConsent | null {
  return recording.consents.find((consent) => consent.participantId === participantId) ?? null;
}

/**
 * What of a person goes into the recording right now: what they agreed to, as far as it may be recorded at this moment
 * (where everybody has to agree, nothing is while somebody has not).
 */
export function recordedKinds(recording: RecordingState, participantId: string): readonly RecordingKind[] {
  const consent = consentOf(recording, participantId);
  return recordingKinds.filter((kind) => consent?.[kind] === 'yes' && recording.recordable.includes(kind));
}
