/**
 * Makes the other side send a key frame. A recorder without a format takes what arrives as it is, and Chromium asks for
 * a key frame when one begins; what it recorded is thrown away.
 */
export function requestKeyFrame(track: MediaStreamTrack): void {
  try {
    const recorder = new MediaRecorder(new MediaStream([track]));
    recorder.start();
    recorder.stop();
  } catch {
    // The track has just ended.
  }
}

/** Makes our own encoder begin with a key frame: an encoding that is switched on again does. No frame is lost. */
export async function generateKeyFrame(sender: RTCRtpSender): Promise<void> {
  try {
    for (const active of [false, true]) {
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.active = active;
      await sender.setParameters(parameters);
    }
  } catch {
    // The connection has just been closed.
  }
}
