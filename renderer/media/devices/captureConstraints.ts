/** The picture this installation sends. Every peer gets an own encoding of it, so it shrinks as they become more. */
export interface CameraProfile {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** `peers`: how many others the picture is sent to. */
export function cameraProfile(peers: number): CameraProfile {
  if (peers <= 1) return { width: 640, height: 360, frameRate: 24 };
  if (peers === 2) return { width: 640, height: 360, frameRate: 15 };
  if (peers === 3) return { width: 480, height: 270, frameRate: 15 };
  return { width: 320, height: 180, frameRate: 12 };
}

export function cameraConstraints(profile: CameraProfile): MediaTrackConstraints {
  return {
    width: { ideal: profile.width },
    height: { ideal: profile.height },
    frameRate: { ideal: profile.frameRate, max: profile.frameRate },
  };
}

export const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
