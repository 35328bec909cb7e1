import { expect, it } from 'vitest';
import { microphoneConstraints } from './captureConstraints';
import { openCaptureTrack } from './openCaptureTrack';

it('opens every microphone with echo cancellation: else voices that are not recorded come through it', async () => {
  const asked: (MediaStreamConstraints | undefined)[] = [];
  const devices = {
    getUserMedia: (constraints?: MediaStreamConstraints) => {
      asked.push(constraints);
      return Promise.resolve({ getTracks: () => [{}] });
    },
  } as unknown as MediaDevices;
  await openCaptureTrack(devices, 'audio', 'default', microphoneConstraints);
  await openCaptureTrack(devices, 'audio', 'headset', microphoneConstraints);
  expect(asked).toHaveLength(2);
  for (const one of asked) expect(one).toMatchObject({ audio: { echoCancellation: true } });
});
