import type { PeerSample } from './peerSample';

/** How a connection did over a few seconds. Shares are 0 to 1. */
export interface PeerMeasure {
  readonly roundTripMs: number;
  /** Of what the other end sent. */
  readonly lostHere: number;
  /** Of the sound that was heard. */
  readonly concealed: number;
  /** Of what was sent there. */
  readonly lostThere: number;
  readonly outgoingBps: number | null;
  /** Pictures that came. */
  readonly frames: number;
}

/** What happened between two samples; null where they do not belong to one connection, or nothing can be said yet. */
export function measurePeer(before: PeerSample, after: PeerSample): PeerMeasure | null {
  if (after.atMs <= before.atMs || after.audio.received < before.audio.received) return null;
  const received = after.audio.received - before.audio.received + after.video.received - before.video.received;
  // What was counted as lost may still come, so the sum may fall.
  const lost = after.audio.lost - before.audio.lost + after.video.lost - before.video.lost;
  const { audio, video } = after.lostThere;
  return {
    roundTripMs: after.roundTripMs ?? 0,
    lostHere: share(lost, received + lost),
    concealed: share(after.audio.concealed - before.audio.concealed, after.audio.samples - before.audio.samples),
    lostThere: Math.max(audio ?? 0, video ?? 0),
    outgoingBps: after.outgoingBps,
    frames: Math.max(0, after.video.frames - before.video.frames),
  };
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
}
