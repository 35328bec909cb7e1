import type { RecordedTrack } from '../../../common/recording/models';

/** How far an arrow key goes. */
export const stepMs = 5_000;
const pageMs = 30_000;

export interface Segment {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  /** Parts of the whole, 0 to 1. */
  readonly start: number;
  readonly length: number;
}

/** Where the stretches of one person lie on the time line. What reaches over its end is cut. */
export function laneSegments(
  tracks: readonly RecordedTrack[],
  participantId: string,
  durationMs: number,
): readonly Segment[] {
  if (durationMs <= 0) return [];
  return tracks
    .filter((track) => track.participantId === participantId)
    .map(({ id, kind, offsetMs, durationMs: length }) => {
      const start = clamp(offsetMs / durationMs);
      return { id, kind, start, length: clamp((offsetMs + length) / durationMs) - start };
    });
}

/** The position under the pointer, from its place along the lane. */
export function positionAt(x: number, width: number, durationMs: number): number {
  return width <= 0 ? 0 : Math.round(clamp(x / width) * durationMs);
}

/** Where a key leads, or null when it is not one for the time line. */
export function keyPosition(key: string, positionMs: number, durationMs: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: positionMs - stepMs,
    ArrowDown: positionMs - stepMs,
    ArrowRight: positionMs + stepMs,
    ArrowUp: positionMs + stepMs,
    PageDown: positionMs - pageMs,
    PageUp: positionMs + pageMs,
    Home: 0,
    End: durationMs,
  };
  const target = moves[key];
  return target === undefined ? null : Math.min(durationMs, Math.max(0, target));
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
