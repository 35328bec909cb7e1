import { deviceFailure } from './deviceFailure';

export const defaultDeviceId = 'default';

export interface OpenedTrack {
  readonly track: MediaStreamTrack;
  /** The device asked for is not there; this is the default one. */
  readonly fellBack: boolean;
}

/** Opens one microphone or camera, or the default one where the chosen one is gone. Rejects as `getUserMedia` does. */
export async function openCaptureTrack(
  devices: MediaDevices,
  kind: 'audio' | 'video',
  deviceId: string,
  constraints: MediaTrackConstraints,
): Promise<OpenedTrack> {
  const request = async (exact: MediaTrackConstraints): Promise<MediaStreamTrack> => {
    const stream = await devices.getUserMedia({ [kind]: { ...constraints, ...exact } });
    const track = stream.getTracks()[0];
    if (track === undefined) throw new DOMException('The stream has no track', 'NotFoundError');
    return track;
  };
  if (deviceId === defaultDeviceId || deviceId === '') return { track: await request({}), fellBack: false };
  try {
    return { track: await request({ deviceId: { exact: deviceId } }), fellBack: false };
  } catch (thrown) {
    if (deviceFailure(thrown) !== 'missing') throw thrown;
    return { track: await request({}), fellBack: true };
  }
}
