import { LevelMeter } from './levelMeter';
import type { SharedAudio } from './sharedAudio';
import { SpeakingDetector } from './speakingDetector';

interface Metered {
  readonly track: MediaStreamTrack;
  readonly meter: LevelMeter;
}

const everyMs = 100;

export interface SpeakingUpdate {
  readonly speaking: readonly string[];
  /** Level of the own microphone, 0 to 1. */
  readonly ownLevel: number;
}

/** Meters the audio tracks it is given, by participant. The own one is called `ownKey`. */
export class ActiveSpeaker {
  private readonly meters = new Map<string, Metered>();
  private readonly detector = new SpeakingDetector();
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly audio: SharedAudio,
    private readonly ownKey: () => string,
    private readonly onUpdate: (update: SpeakingUpdate) => void,
  ) {}

  /** `tracks`: everybody who may be heard right now. Those missing are forgotten. */
  handleTracks(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [id, { track, meter }] of this.meters) {
      if (tracks.get(id) === track) continue;
      meter.dispose();
      this.meters.delete(id);
    }
    for (const [id, track] of tracks) {
      if (!this.meters.has(id)) this.meters.set(id, { track, meter: new LevelMeter(this.audio, track) });
    }
    if (this.meters.size > 0) this.timer ??= setInterval(this.tick, everyMs);
    else this.stop();
  }

  private readonly tick = (): void => {
    const levels = new Map([...this.meters].map(([id, { meter }]) => [id, meter.read()]));
    this.onUpdate({
      speaking: this.detector.update(levels, performance.now()),
      ownLevel: levels.get(this.ownKey()) ?? 0,
    });
  };

  private stop(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    this.tick();
  }

  dispose(): void {
    this.handleTracks(new Map());
  }
}
