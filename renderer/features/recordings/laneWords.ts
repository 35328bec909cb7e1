import type { RecordingKind } from '../../../common/consent/models';
import type { RecordedChatLine, RecordedPerson, RecordedTrack } from '../../../common/recording/models';

/** Why there is nothing of somebody: said in the lane itself. */
export type EmptyLane = 'declined' | 'withdrawn' | 'restricted' | 'nothing';

/** Null: there is something of this person. */
export function emptyLane(
  { participantId, kinds, withdrawn, restricted }: RecordedPerson,
  tracks: readonly RecordedTrack[],
  chat: readonly RecordedChatLine[],
): EmptyLane | null {
  if ([...tracks, ...chat].some((one) => one.participantId === participantId)) return null;
  if (restricted === true && kinds.length > 0) return 'restricted';
  if (withdrawn.length > 0) return 'withdrawn';
  return kinds.length === 0 ? 'declined' : 'nothing';
}

/**
 * From when on nothing more of somebody was recorded, because they said so, in milliseconds; null while anything was. An
 * end of the chat alone leaves sound and picture going.
 */
export function endedAt({ kinds, stopped }: RecordedPerson): number | null {
  // A consent clip is over by itself after seconds.
  const goesOn = (kind: RecordingKind) => kind !== 'chat' && kind !== 'clip';
  const going = kinds.filter((kind) => goesOn(kind) && stopped.every((one) => one.kind !== kind));
  const ended = stopped.filter(({ kind }) => goesOn(kind));
  return going.length > 0 || ended.length === 0 ? null : Math.max(...ended.map(({ atMs }) => atMs));
}
