import { describe, expect, it } from 'vitest';
import type { Result } from '../../../common/errors';
import type { MediaState } from '../../../common/meeting/models';
import type { DevicePhase } from '../../stores/mediaStore';
import { CaptureDevice } from './captureDevice';
import { cameraProfile } from './captureConstraints';
import { deviceFailure } from './deviceFailure';
import { deviceLists } from './deviceLists';
import { MediaStateReporter } from './mediaStateReporter';
import type { OpenedTrack } from './openCaptureTrack';

class FakeTrack extends EventTarget {
  enabled = true;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

function setUp(muteOnly: boolean) {
  const opens: { id: string; succeed: (fellBack?: boolean) => FakeTrack; fail: (name: string) => void }[] = [];
  const made: FakeTrack[] = [];
  let phase: DevicePhase = { phase: 'off' };
  let track: MediaStreamTrack | null = null;
  let lost = 0;
  let now = 0;
  const device = new CaptureDevice({
    open: (id) =>
      new Promise<OpenedTrack>((resolve, reject) => {
        opens.push({
          id,
          succeed: (fellBack = false) => {
            const fake = new FakeTrack();
            made.push(fake);
            resolve({ track: fake as unknown as MediaStreamTrack, fellBack });
            return fake;
          },
          fail: (name) => reject(Object.assign(new Error(name), { name })),
        });
      }),
    onChange: (nextPhase, nextTrack) => {
      phase = nextPhase;
      track = nextTrack;
    },
    onLost: () => (lost += 1),
    muteOnly,
    now: () => now,
  });
  return { device, opens, made, wait: (ms: number) => (now += ms), state: () => ({ phase, track, lost }) };
}

describe('CaptureDevice', () => {
  it('opens nothing until it is asked', () => {
    const { device, opens } = setUp(false);
    void device.select('camera-2');
    expect(opens).toEqual([]);
  });

  it('releases a camera that is switched off, and only mutes a microphone', async () => {
    for (const muteOnly of [false, true]) {
      const { device, opens, state } = setUp(muteOnly);
      const on = device.setOn(true);
      expect(state().phase).toEqual({ phase: 'starting' });
      const track = opens[0]!.succeed();
      await on;
      expect(state().phase).toEqual({ phase: 'on' });
      await device.setOn(false);
      expect(state().phase).toEqual({ phase: 'off' });
      expect([track.stopped, track.enabled]).toEqual(muteOnly ? [false, false] : [true, true]);
      device.release();
      expect(track.stopped).toBe(true);
      expect(state().track).toBeNull();
    }
  });

  it('ends as asked last, and stops whatever arrives too late', async () => {
    const { device, opens, made, state } = setUp(false);
    const first = device.setOn(true);
    await device.setOn(false);
    const second = device.setOn(true);
    const late = opens[0]!.succeed();
    await first;
    expect(late.stopped).toBe(true);
    expect(state().phase).toEqual({ phase: 'starting' });
    await device.setOn(false);
    opens[1]!.succeed();
    await second;
    expect(state()).toMatchObject({ phase: { phase: 'off' }, track: null });
    expect(made.every(({ stopped }) => stopped)).toBe(true);
  });

  it('asks once for several wishes at the same time', async () => {
    const { device, opens } = setUp(true);
    const both = [device.setOn(true), device.setOn(true)];
    expect(opens).toHaveLength(1);
    opens[0]!.succeed();
    await Promise.all(both);
  });

  it('says why it failed, and can be asked again', async () => {
    const { device, opens, state } = setUp(false);
    const on = device.setOn(true);
    opens[0]!.fail('NotAllowedError');
    await on;
    expect(state().phase).toEqual({ phase: 'failed', reason: 'denied' });
    void device.setOn(true);
    expect(state().phase).toEqual({ phase: 'starting' });
  });

  it('takes the default device when the one in use is unplugged, and says so', async () => {
    const { device, opens, wait, state } = setUp(false);
    void device.select('usb');
    const on = device.setOn(true);
    const track = opens[0]!.succeed();
    await on;
    wait(5_000);
    track.dispatchEvent(new Event('ended'));
    expect(opens.map(({ id }) => id)).toEqual(['usb', 'default']);
    expect(state()).toMatchObject({ phase: { phase: 'starting' }, lost: 1 });
  });

  it('does not open a device again and again that ends at once', async () => {
    const { device, opens, state } = setUp(false);
    const on = device.setOn(true);
    const track = opens[0]!.succeed();
    await on;
    track.dispatchEvent(new Event('ended'));
    expect(opens).toHaveLength(1);
    expect(state().phase).toEqual({ phase: 'failed', reason: 'unknown' });
  });

  it('switches a running device, and releases a muted one', async () => {
    const { device, opens, made } = setUp(true);
    const on = device.setOn(true);
    opens[0]!.succeed();
    await on;
    const switched = device.select('headset');
    expect(made[0]?.stopped).toBe(true);
    opens[1]!.succeed();
    await switched;
    await device.setOn(false);
    await device.select('other');
    expect(made[1]?.stopped).toBe(true);
    expect(opens).toHaveLength(2);
  });
});

describe('MediaStateReporter', () => {
  it('tells the latest state, one call at a time, and nothing that main knows', async () => {
    const told: MediaState[] = [];
    const answers: ((result: Result<void>) => void)[] = [];
    const reporter = new MediaStateReporter((media) => {
      told.push(media);
      return new Promise((resolve) => answers.push(resolve));
    });
    const off = { microphone: false, camera: false };
    const on = { microphone: true, camera: true };
    reporter.handleMedia(off);
    expect(told).toEqual([]);
    reporter.handleMedia({ microphone: true, camera: false });
    reporter.handleMedia(on);
    reporter.handleMedia(off);
    expect(told).toHaveLength(1);
    answers[0]?.({ ok: true, value: undefined });
    await Promise.resolve();
    expect(told).toEqual([{ microphone: true, camera: false }, off]);
  });
});

describe('devices', () => {
  it('maps what getUserMedia rejects with', () => {
    const of = (name: string) => deviceFailure(Object.assign(new Error(), { name }));
    expect(['NotAllowedError', 'OverconstrainedError', 'NotReadableError', 'Error'].map(of)).toEqual([
      'denied',
      'missing',
      'busy',
      'unknown',
    ]);
    expect(deviceFailure(undefined)).toBe('unknown');
  });

  it('leaves out devices that cannot be named', () => {
    const devices = [
      { kind: 'audioinput', deviceId: 'default', label: 'Default' },
      { kind: 'audiooutput', deviceId: '', label: '' },
      { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    ] as const;
    expect(deviceLists(devices)).toEqual({
      microphones: [{ id: 'default', label: 'Default' }],
      cameras: [{ id: 'c', label: 'Camera' }],
      speakers: [],
    });
  });

  it('sends smaller pictures to more peers', () => {
    const load = [0, 1, 2, 3, 4, 5].map((peers) => {
      const { width, height, frameRate } = cameraProfile(peers);
      return width * height * frameRate;
    });
    expect(load).toEqual([...load].sort((a, b) => b - a));
    expect(load[5]).toBeLessThan(load[0]!);
  });
});
