import { DeclinerGate } from './declinerGate';
import { LevelMeter } from './levelMeter';
import type { SharedAudio } from './sharedAudio';

interface Metered {
  readonly track: MediaStreamTrack;
  readonly meter: LevelMeter;
}

/** About as often as a meter's window is long, so that no short word falls between two looks. */
const everyMs = 40;

/** Listens to those whose voice is to stay out of the others' sound, and says when one of them speaks. */
export class DeclinerWatch {
  private readonly meters = new Map<string, Metered>();
  private gate = new DeclinerGate();
  private timer: ReturnType<typeof setInterval> | null = null;
  private speaking: readonly string[] = [];

  constructor(
    private readonly audio: SharedAudio,
    private readonly onSpeaking: (ids: readonly string[]) => void,
  ) {}

  /** `tracks`: of everybody whose voice is to stay out and who may be heard right now. */
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
    else if (this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
      this.gate = new DeclinerGate();
      this.tell([]);
    }
  }

  dispose(): void {
    this.handleTracks(new Map());
  }

  private readonly tick = (): void => {
    const levels = new Map([...this.meters].map(([id, { meter }]) => [id, meter.read()]));
    this.tell(this.gate.update(levels, performance.now()));
  };

  private tell(speaking: readonly string[]): void {
    if (speaking.join() === this.speaking.join()) return;
    this.speaking = speaking;
    this.onSpeaking(speaking);
  }
}
