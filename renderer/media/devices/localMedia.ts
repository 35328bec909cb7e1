import type { Preferences } from '../../../common/preferences';
import type { DevicePhase, MediaStore } from '../../stores/mediaStore';
import type { DeviceKind, MediaController } from '../ports';
import { cameraConstraints, cameraProfile, microphoneConstraints } from './captureConstraints';
import { CaptureDevice } from './captureDevice';
import { DeviceWatcher, type DeviceLists } from './deviceLists';
import { noTracks, type LocalTracks } from './localTracks';
import { defaultDeviceId, openCaptureTrack } from './openCaptureTrack';
import { playTestTone } from './testSound';

export interface LocalMediaOptions {
  readonly devices: MediaDevices;
  readonly store: MediaStore;
  readonly savePreference: (change: Partial<Preferences>) => void;
  readonly onTracks: (tracks: LocalTracks) => void;
  readonly onSpeaker: (deviceId: string) => void;
}

const preferenceOf = { microphone: 'microphoneId', camera: 'cameraId', speaker: 'speakerId' } as const;

/** This installation's own microphone and camera: off, and not even opened, until the person asks (R11). */
export class LocalMedia implements MediaController {
  private readonly microphone: CaptureDevice;
  private readonly camera: CaptureDevice;
  private readonly watcher: DeviceWatcher;
  private tracks: LocalTracks = noTracks;
  private profile = cameraProfile(0);
  /** What the preferences say, which is not what runs when a device went away. */
  private readonly preferred: Record<DeviceKind, string> = {
    microphone: defaultDeviceId,
    camera: defaultDeviceId,
    speaker: defaultDeviceId,
  };
  private speakerId = defaultDeviceId;

  constructor(private readonly options: LocalMediaOptions) {
    const now = (): number => performance.now();
    this.microphone = new CaptureDevice({
      open: (id) => openCaptureTrack(options.devices, 'audio', id, microphoneConstraints),
      onChange: (phase, track) => this.handleMicrophone(phase, track),
      onLost: () => this.handleLost('microphone'),
      muteOnly: true,
      now,
    });
    this.camera = new CaptureDevice({
      open: (id) => openCaptureTrack(options.devices, 'video', id, cameraConstraints(this.profile)),
      onChange: (phase, track) => this.handleCamera(phase, track),
      onLost: () => this.handleLost('camera'),
      muteOnly: false,
      now,
    });
    this.watcher = new DeviceWatcher(options.devices, (lists) => this.handleLists(lists));
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.microphone.setOn(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.camera.setOn(on);
  }

  selectDevice(kind: DeviceKind, id: string): Promise<void> {
    this.forget(kind);
    this.options.savePreference({ [preferenceOf[kind]]: id });
    this.preferred[kind] = id;
    return this.use(kind, id);
  }

  setSilenced(on: boolean): void {
    this.options.store.setState({ silenced: on });
  }

  async playTestSound(): Promise<void> {
    const id = this.speakerId;
    try {
      await playTestTone(id);
    } catch {
      if (id === defaultDeviceId || id !== this.speakerId) return;
      this.handleSpeakerLost();
      await playTestTone(defaultDeviceId).catch(() => undefined);
    }
  }

  handlePreferences(preferences: Preferences): void {
    for (const kind of ['microphone', 'camera', 'speaker'] as const) {
      const id = preferences[preferenceOf[kind]];
      if (id === this.preferred[kind]) continue;
      this.preferred[kind] = id;
      void this.use(kind, id);
    }
  }

  /** How many others the picture goes to. */
  handlePeers(count: number): void {
    this.profile = cameraProfile(count);
    void this.tracks.video?.applyConstraints(cameraConstraints(this.profile)).catch(() => undefined);
  }

  handleSpeakerLost(): void {
    this.handleLost('speaker');
    void this.use('speaker', defaultDeviceId);
  }

  /** A new preview or meeting begins, or one is over: everything off, every device let go, and what was lost is tried again. */
  reset(): void {
    this.microphone.release();
    this.camera.release();
    this.options.store.setState({ lostDevices: [] });
    for (const kind of ['microphone', 'camera', 'speaker'] as const) void this.use(kind, this.preferred[kind]);
  }

  dispose(): void {
    this.reset();
    this.watcher.dispose();
  }

  private use(kind: DeviceKind, id: string): Promise<void> {
    this.show(kind, id === '' ? defaultDeviceId : id);
    if (kind === 'microphone') return this.microphone.select(id);
    if (kind === 'camera') return this.camera.select(id);
    this.speakerId = id;
    this.options.onSpeaker(id);
    return Promise.resolve();
  }

  private handleMicrophone(phase: DevicePhase, audio: MediaStreamTrack | null): void {
    this.options.store.setState({ microphone: phase });
    this.publish({ ...this.tracks, audio }, phase);
  }

  private handleCamera(phase: DevicePhase, video: MediaStreamTrack | null): void {
    if (video !== null) video.contentHint = 'motion';
    this.options.store.setState({ camera: phase, selfView: video === null ? null : new MediaStream([video]) });
    this.publish({ ...this.tracks, video }, phase);
  }

  private publish(tracks: LocalTracks, phase: DevicePhase): void {
    this.tracks = tracks;
    this.options.onTracks(tracks);
    // Chromium shows names of devices only after a permission was given.
    if (phase.phase === 'on') this.watcher.refresh();
  }

  private handleLost(kind: DeviceKind): void {
    this.forget(kind);
    const { store } = this.options;
    store.setState({ lostDevices: [...store.getState().lostDevices, kind] });
    this.show(kind, defaultDeviceId);
  }

  private forget(kind: DeviceKind): void {
    const { store } = this.options;
    store.setState({ lostDevices: store.getState().lostDevices.filter((one) => one !== kind) });
  }

  private show(kind: DeviceKind, id: string): void {
    const { store } = this.options;
    store.setState({ chosen: { ...store.getState().chosen, [kind]: id } });
  }

  private handleLists(lists: DeviceLists): void {
    this.options.store.setState(lists);
    const gone = lists.speakers.length > 0 && !lists.speakers.some((speaker) => speaker.id === this.speakerId);
    if (gone && this.speakerId !== defaultDeviceId) this.handleSpeakerLost();
  }
}
