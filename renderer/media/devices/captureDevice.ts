import type { DevicePhase } from '../../stores/mediaStore';
import { deviceFailure } from './deviceFailure';
import { defaultDeviceId, type OpenedTrack } from './openCaptureTrack';

export interface CaptureDeviceOptions {
  readonly open: (deviceId: string) => Promise<OpenedTrack>;
  readonly onChange: (phase: DevicePhase, track: MediaStreamTrack | null) => void;
  /** The chosen device went away. */
  readonly onLost: () => void;
  /** Switching off only mutes: the device stays open until `release`. */
  readonly muteOnly: boolean;
  readonly now: () => number;
}

/** A device that ends sooner than this after opening is not opened again by itself. */
const shortestLifeMs = 2_000;

/**
 * One microphone or one camera: off until it is asked for, and never opened later than the last thing that was asked.
 * `turn` counts what was asked; whatever was begun in an earlier turn is thrown away when it arrives.
 */
export class CaptureDevice {
  private track: MediaStreamTrack | null = null;
  private wanted = false;
  private turn = 0;
  private opening: Promise<void> | null = null;
  private openedAt = 0;
  private deviceId = defaultDeviceId;

  constructor(private readonly options: CaptureDeviceOptions) {}

  get openTrack(): MediaStreamTrack | null {
    return this.track;
  }

  setOn(on: boolean): Promise<void> {
    this.wanted = on;
    if (!on) {
      if (this.track !== null && this.options.muteOnly) {
        this.track.enabled = false;
        this.options.onChange({ phase: 'off' }, this.track);
      } else {
        this.release();
      }
      return Promise.resolve();
    }
    if (this.track !== null) {
      this.track.enabled = true;
      this.options.onChange({ phase: 'on' }, this.track);
      return Promise.resolve();
    }
    return this.opening ?? this.begin();
  }

  /** Takes effect at once on a running device; a muted one is released and opened anew when it is asked for. */
  select(deviceId: string): Promise<void> {
    const id = deviceId === '' ? defaultDeviceId : deviceId;
    if (id === this.deviceId) return Promise.resolve();
    this.deviceId = id;
    if (this.track === null && this.opening === null) return Promise.resolve();
    const wanted = this.wanted;
    this.drop();
    if (wanted) return this.begin();
    this.release();
    return Promise.resolve();
  }

  /** Off, and the device let go. */
  release(): void {
    this.wanted = false;
    this.drop();
    this.options.onChange({ phase: 'off' }, null);
  }

  private drop(): void {
    this.turn += 1;
    this.opening = null;
    const track = this.track;
    this.track = null;
    if (track === null) return;
    track.removeEventListener('ended', this.handleEnded);
    track.stop();
  }

  private begin(): Promise<void> {
    this.turn += 1;
    this.options.onChange({ phase: 'starting' }, null);
    const opening = this.acquire(this.turn);
    this.opening = opening;
    return opening;
  }

  private async acquire(turn: number): Promise<void> {
    let opened: OpenedTrack;
    try {
      opened = await this.options.open(this.deviceId);
    } catch (thrown) {
      if (turn === this.turn) this.fail({ phase: 'failed', reason: deviceFailure(thrown) });
      return;
    }
    if (turn !== this.turn) {
      opened.track.stop();
      return;
    }
    this.opening = null;
    this.track = opened.track;
    this.openedAt = this.options.now();
    opened.track.addEventListener('ended', this.handleEnded);
    if (opened.fellBack) {
      this.deviceId = defaultDeviceId;
      this.options.onLost();
    }
    this.options.onChange({ phase: 'on' }, opened.track);
  }

  private fail(phase: DevicePhase): void {
    this.wanted = false;
    this.opening = null;
    this.options.onChange(phase, null);
  }

  /** Not called by our own `stop`: the device was unplugged, or the system took it away. */
  private readonly handleEnded = (): void => {
    const wanted = this.wanted;
    const brief = this.options.now() - this.openedAt < shortestLifeMs;
    this.drop();
    this.deviceId = defaultDeviceId;
    this.options.onLost();
    if (!wanted) this.release();
    else if (brief) this.fail({ phase: 'failed', reason: 'unknown' });
    else void this.begin();
  };
}
