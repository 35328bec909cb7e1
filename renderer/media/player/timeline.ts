import { cutAt, slateOf } from '../../../common/recording/cuts';
import type { Cut, RecordedTrack } from '../../../common/recording/models';
import type { ActiveTracks } from '../ports';

type Span = Pick<RecordedTrack, 'offsetMs' | 'durationMs'>;
type TimelineTrack = Span & Pick<RecordedTrack, 'id' | 'participantId' | 'kind'>;

/** Where a track ends on the recording's time line, in milliseconds. */
export function endOf(track: Span): number {
  return track.offsetMs + track.durationMs;
}

/** How long the recording plays, in milliseconds: a track may reach beyond the wall clock by what was still in a buffer. */
export function playingTime(recording: { readonly durationMs: number; readonly tracks: readonly Span[] }): number {
  return Math.max(recording.durationMs, 0, ...recording.tracks.map(endOf));
}

/** The tracks that run at a position; of one person and kind only the one that started last. */
export function tracksAt<Track extends TimelineTrack>(tracks: readonly Track[], positionMs: number): readonly Track[] {
  const latest = new Map<string, Track>();
  for (const track of tracks) {
    if (positionMs < track.offsetMs || positionMs >= endOf(track)) continue;
    const key = `${track.kind} ${track.participantId}`;
    const other = latest.get(key);
    if (other === undefined || other.offsetMs < track.offsetMs) latest.set(key, track);
  }
  return [...latest.values()];
}

/** By participant: what of everybody who is in the recording can be seen and heard at a position. */
export function activeAt(tracks: readonly TimelineTrack[], positionMs: number): Readonly<Record<string, ActiveTracks>> {
  const running = tracksAt(tracks, positionMs);
  const of = (participantId: string): ActiveTracks => {
    const own = running.filter((track) => track.participantId === participantId);
    return {
      videoTrackId: own.find(({ kind }) => kind === 'video')?.id ?? null,
      audioOn: own.some(({ kind }) => kind === 'audio'),
    };
  };
  return Object.fromEntries([...new Set(tracks.map(({ participantId }) => participantId))].map((id) => [id, of(id)]));
}

/** Where to go on when a cut has been shown long enough at this position; null when there is none, or not yet. */
export function behindSlate(cuts: readonly Cut[], positionMs: number): number | null {
  const cut = cutAt(cuts, positionMs);
  return cut !== null && positionMs >= cut.fromMs + slateOf(cut) ? cut.toMs : null;
}
