import type { MediaKind, ParticipantConsent, RecordingState } from '../../../common/consent/models';
import type { Participant } from '../../../common/meeting/models';
import type { LocalTracks } from '../devices/localTracks';

/** One stretch of one kind of one person that is to be recorded from one track. */
export interface DesiredTap {
  /** Changes whenever the stretch must become another file. */
  readonly key: string;
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: MediaKind;
  readonly track: MediaStreamTrack;
}

export interface TapFacts {
  readonly recording: RecordingState | null;
  readonly selfId: string;
  readonly participants: readonly Participant[];
  readonly local: LocalTracks;
  /** By participant ID; missing while there is no connection. */
  readonly streams: ReadonlyMap<string, MediaStream>;
}

/**
 * What may and can be recorded right now: the sound of everybody whose yes to it stands, and the picture of everybody
 * whose yes to that stands and whose camera is on; nothing that waits until everybody agrees. main enforces the consent
 * again where the files are (R2, R9).
 */
export function desiredTaps(facts: TapFacts): readonly DesiredTap[] {
  const { recording } = facts;
  if (recording === null) return [];
  const recordingId = recording.request.recordingId;
  return recording.consents.flatMap((consent) => {
    const participant = facts.participants.find(({ id }) => id === consent.participantId);
    if (participant === undefined) return [];
    return (['audio', 'video'] as const).flatMap((kind): readonly DesiredTap[] => {
      const wanted = agreed(consent, kind) && recording.recordable.includes(kind);
      const track = wanted ? trackOf(facts, participant, kind) : null;
      if (track === null || track.readyState === 'ended') return [];
      const key = `${recordingId}/${participant.id}/${kind}/${track.id}`;
      return [{ key, recordingId, participantId: participant.id, kind, track }];
    });
  });
}

/**
 * Whether that stretch may still be written; a pause until everybody agrees keeps it. Asked again whenever one ends, to
 * tell a pause from a withdrawal.
 */
export function mayBeRecorded(recording: RecordingState, tap: DesiredTap): boolean {
  const consent = recording.consents.find(({ participantId }) => participantId === tap.participantId);
  return consent === undefined || agreed(consent, tap.kind);
}

function agreed(consent: ParticipantConsent, kind: MediaKind): boolean {
  return consent[kind] === 'yes';
}

function trackOf(facts: TapFacts, participant: Participant, kind: 'audio' | 'video'): MediaStreamTrack | null {
  // The own devices say it first hand; a camera that is off has no track.
  if (participant.id === facts.selfId) return facts.local[kind];
  if (kind === 'video' && !participant.media.camera) return null;
  const stream = facts.streams.get(participant.id);
  return stream?.getTracks().find((track) => track.kind === kind) ?? null;
}
