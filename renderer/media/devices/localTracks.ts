/** What this installation sends right now. `audio` stays there while muted (`enabled` is false then). */
export interface LocalTracks {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
}

export const noTracks: LocalTracks = { audio: null, video: null };
