import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences } from '../../../common/preferences';
import { createMediaStore } from '../../stores/mediaStore';
import { LocalMedia } from './localMedia';
import { noTracks, type LocalTracks } from './localTracks';

class Track extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  contentHint = '';
  constructor(
    readonly kind: string,
    readonly deviceId: string,
  ) {
    super();
  }
  stop(): void {
    this.readyState = 'ended';
  }
  applyConstraints(): Promise<void> {
    return Promise.resolve();
  }
}

class Stream {
  constructor(private readonly tracks: readonly Track[]) {}
  getTracks(): readonly Track[] {
    return this.tracks;
  }
}

/** Devices that can be plugged in and pulled out; the first of a kind is the default one. */
class Devices extends EventTarget {
  readonly opened: Track[] = [];
  constructor(private plugged: readonly { kind: MediaDeviceKind; deviceId: string }[]) {
    super();
  }
  enumerateDevices() {
    return Promise.resolve(this.plugged.map((one) => ({ ...one, label: one.deviceId })));
  }
  getUserMedia(wanted: Record<string, { deviceId?: { exact: string } }>) {
    const [kind, constraints] = Object.entries(wanted)[0]!;
    const exact = constraints.deviceId?.exact;
    const found = this.plugged.find(
      (one) => one.kind === `${kind}input` && (exact === undefined || one.deviceId === exact),
    );
    if (found === undefined)
      return Promise.reject(Object.assign(new Error('no such device'), { name: 'NotFoundError' }));
    const track = new Track(kind, found.deviceId);
    this.opened.push(track);
    return Promise.resolve(new Stream([track]));
  }
  pullOut(deviceId: string): void {
    this.plugged = this.plugged.filter((one) => one.deviceId !== deviceId);
    for (const track of this.opened) {
      if (track.deviceId !== deviceId || track.readyState === 'ended') continue;
      track.readyState = 'ended';
      track.dispatchEvent(new Event('ended'));
    }
    this.dispatchEvent(new Event('devicechange'));
  }
  plugIn(kind: MediaDeviceKind, deviceId: string): void {
    this.plugged = [...this.plugged, { kind, deviceId }];
    this.dispatchEvent(new Event('devicechange'));
  }
}

describe('LocalMedia when a device is unplugged', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('MediaStream', Stream);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function setUp(...microphones: string[]) {
    const devices = new Devices([
      ...microphones.map((deviceId) => ({ kind: 'audioinput' as const, deviceId })),
      { kind: 'videoinput', deviceId: 'lid' },
    ]);
    const store = createMediaStore();
    let tracks: LocalTracks = noTracks;
    const media = new LocalMedia({
      devices: devices as unknown as MediaDevices,
      store,
      savePreference: () => undefined,
      onTracks: (now) => (tracks = now),
      onSpeaker: () => undefined,
    });
    media.handlePreferences({ ...defaultPreferences, microphoneId: 'usb' });
    await settle();
    return { devices, media, store, sending: () => tracks.audio as unknown as Track | null };
  }
  /** All promises, and longer than a device lives that is taken for broken. */
  const settle = () => vi.advanceTimersByTimeAsync(3_000);

  it('goes on with the default one, says so, and takes the chosen one again when that is wished', async () => {
    const { devices, media, store, sending } = await setUp('built-in', 'usb');
    await media.setMicrophone(true);
    await settle();
    expect(sending()?.deviceId).toBe('usb');
    devices.pullOut('usb');
    await settle();
    expect(sending()).toMatchObject({ deviceId: 'built-in', enabled: true });
    expect(store.getState()).toMatchObject({ lostDevices: ['microphone'], microphone: { phase: 'on' } });
    expect(store.getState().chosen.microphone).toBe('default');

    devices.plugIn('audioinput', 'usb');
    await settle();
    expect(sending()?.deviceId, 'not by itself').toBe('built-in');
    await media.selectDevice('microphone', 'usb');
    expect(sending()?.deviceId).toBe('usb');
    expect(store.getState()).toMatchObject({ lostDevices: [], chosen: { microphone: 'usb' } });
  });

  it('is off and says why when there is no other, and does not switch itself on when there is one again', async () => {
    const { devices, media, store, sending } = await setUp('usb');
    await media.setMicrophone(true);
    await settle();
    devices.pullOut('usb');
    await settle();
    expect(sending()).toBeNull();
    expect(store.getState().microphone).toEqual({ phase: 'failed', reason: 'missing' });
    devices.plugIn('audioinput', 'usb');
    await settle();
    expect(sending()).toBeNull();
    expect(devices.opened.every(({ readyState }) => readyState === 'ended')).toBe(true);
    await media.setMicrophone(true);
    expect(sending()?.deviceId).toBe('usb');
  });

  it('R11: opens nothing when what was unplugged was off', async () => {
    const { devices, media, store, sending } = await setUp('built-in', 'usb');
    await media.setMicrophone(true);
    await media.setMicrophone(false);
    await settle();
    devices.pullOut('usb');
    await settle();
    expect(store.getState()).toMatchObject({ lostDevices: ['microphone'], microphone: { phase: 'off' } });
    expect([sending(), devices.opened.length]).toEqual([null, 1]);
    devices.pullOut('lid');
    await settle();
    expect(devices.opened.length, 'a camera that was never on').toBe(1);
  });

  it('tries the chosen one again in the next meeting', async () => {
    const { devices, media, store, sending } = await setUp('built-in', 'usb');
    await media.setMicrophone(true);
    await settle();
    devices.pullOut('usb');
    await settle();
    media.reset();
    devices.plugIn('audioinput', 'usb');
    expect(sending()).toBeNull();
    await media.setMicrophone(true);
    expect(sending()?.deviceId).toBe('usb');
    expect(store.getState()).toMatchObject({ lostDevices: [], chosen: { microphone: 'usb' } });
  });
});
