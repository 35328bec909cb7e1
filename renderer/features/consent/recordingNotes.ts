import { termsOf, type RecordingKind, type RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { consentOf, recordedKinds, unrecordedVoices } from './recordedKinds';

/** What a person should know about the recording beside the strip, until they put it away. */
export type RecordingNote =
  /** The time for answering is over: that was a No, and can still become a yes. */
  | { readonly type: 'time-ran-out' }
  /** Not asked again: the earlier answer stands. `kinds`: what of oneself is recorded with it. */
  | { readonly type: 'same-terms'; readonly kinds: readonly RecordingKind[] }
  /** Not asked: oneself has objected to being recorded with this host. */
  | { readonly type: 'objected'; readonly host: string }
  /** Not asked: this person has set that they are never recorded. */
  | { readonly type: 'own-setting' }
  /** Not asked: this person had said No before the meeting. */
  | { readonly type: 'no-beforehand' }
  /** Voices that are not recorded may come through loudspeakers. `own`: through one's own. */
  | { readonly type: 'loudspeaker'; readonly names: readonly string[]; readonly own: boolean };

type NoteMeeting = Pick<MeetingState, 'selfId' | 'role' | 'participants'>;

export function recordingNotes(recording: RecordingState, meeting: NoteMeeting): readonly RecordingNote[] {
  const { selfId, role, participants } = meeting;
  const consent = consentOf(recording, selfId);
  const statuses = termsOf(recording.request).kinds.map((kind) => consent?.[kind] ?? 'pending');
  const notes: RecordingNote[] = [];
  if (role !== 'host' && recording.objected.includes(selfId)) {
    notes.push({ type: 'objected', host: recording.request.controllerName });
  }
  if (recording.given === 'time-ran-out') notes.push({ type: 'time-ran-out' });
  // Who has changed something since knows how.
  const untouched = statuses.every((status) => status === 'yes' || status === 'no');
  if (recording.given === 'same-terms' && untouched) {
    const kinds = termsOf(recording.request).kinds.filter((kind) => consent?.[kind] === 'yes');
    notes.push({ type: 'same-terms', kinds });
  }
  if (recording.given === 'beforehand' && statuses.every((status) => status === 'no')) {
    notes.push({ type: 'no-beforehand' });
  }
  if (recording.given === 'own-setting' && statuses.every((status) => status === 'no')) {
    notes.push({ type: 'own-setting' });
  }
  const everybodyAnswered = participants.every(({ id }) => {
    const audio = consentOf(recording, id)?.audio;
    return audio !== undefined && audio !== 'pending';
  });
  // Their own voice is no news to a host; and with the pause, what is said is in nobody's sound.
  const voices = unrecordedVoices(recording, participants).filter(({ id }) => id !== selfId);
  const concerned = role === 'host' || recordedKinds(recording, selfId).includes('audio');
  if (everybodyAnswered && concerned && voices.length > 0 && !termsOf(recording.request).pauseForDecliners) {
    notes.push({ type: 'loudspeaker', names: voices.map(({ name }) => name), own: role !== 'host' });
  }
  return notes;
}
