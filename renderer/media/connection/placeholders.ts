import type { SharedAudio } from '../audio/sharedAudio';

/** Stand-ins for a microphone and a camera that are off: silence, and a picture that never sends a frame. */
export interface Placeholders {
  readonly audio: MediaStreamTrack;
  readonly video: MediaStreamTrack;
  dispose(): void;
}

/**
 * With them every connection has one audio and one video sender from its first offer, so that switching devices is
 * `replaceTrack` and never a new negotiation.
 */
export function createPlaceholders(shared: SharedAudio): Placeholders {
  const { context, release } = shared.use();
  const silence = context.createConstantSource();
  silence.offset.value = 0;
  const destination = context.createMediaStreamDestination();
  silence.connect(destination);
  silence.start();

  const canvas = document.createElement('canvas');
  canvas.width = 16;
  canvas.height = 9;
  canvas.getContext('2d');
  const audio = destination.stream.getAudioTracks()[0];
  const video = canvas.captureStream(0).getVideoTracks()[0];
  if (audio === undefined || video === undefined) throw new Error('A generated stream has no track');

  return {
    audio,
    video,
    dispose: () => {
      silence.stop();
      silence.disconnect();
      audio.stop();
      video.stop();
      release();
    },
  };
}
