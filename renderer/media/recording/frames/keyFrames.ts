import { inTurn } from '../../connection/senderTurns';

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

/**
 * Makes our own encoder begin with a key frame: an encoding that is switched on again does. No frame is lost. One that is switched
 * off stays so.
 */
export function generateKeyFrame(sender: RTCRtpSender): Promise<void> {
  return inTurn(sender, async () => {
    for (const active of [false, true]) {
      const parameters = sender.getParameters();
      if (!active && !parameters.encodings.some((encoding) => encoding.active)) return;
      for (const encoding of parameters.encodings) encoding.active = active;
      await sender.setParameters(parameters);
    }
  });
}
