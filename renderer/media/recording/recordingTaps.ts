import { desiredTaps, mayBeRecorded, type DesiredTap, type TapFacts } from './desiredTaps';
import type { CreateTrackTap, TrackTap } from './trackTap';

interface Running {
  readonly desired: DesiredTap;
  readonly tap: TrackTap;
}

/** Keeps the taps that run equal to those that may (host only). */
export class RecordingTaps {
  private readonly running = new Map<string, Running>();
  /**
   * People and kinds whose last tap still writes its end. The next one waits for it, because main keeps one open file
   * of each and would cut the older off.
   */
  private readonly ending = new Map<string, TrackTap>();
  /** Taps main refused: not tried again until they have stopped being wanted, or the disk is another than it was. */
  private readonly refused = new Set<string>();
  private facts: TapFacts | null = null;
  private gap = false;

  constructor(private readonly createTap: CreateTrackTap) {}

  handleFacts(facts: TapFacts): void {
    if (facts.recording?.trouble !== this.facts?.recording?.trouble) this.refused.clear();
    this.facts = facts;
    const wanted = new Map(desiredTaps(facts).map((desired) => [desired.key, desired]));
    for (const key of this.refused) if (!wanted.has(key)) this.refused.delete(key);
    for (const [key, running] of this.running) {
      if (wanted.has(key)) continue;
      this.running.delete(key);
      this.stop(running, facts);
    }
    for (const [key, desired] of wanted) {
      const blocked = this.running.has(key) || this.refused.has(key) || this.ending.has(slotOf(desired));
      if (!blocked) this.start(key, desired);
    }
  }

  /** While it is on, nobody's sound is recorded; the time line goes on. */
  handleGap(on: boolean): void {
    if (on === this.gap) return;
    this.gap = on;
    for (const { desired, tap } of this.running.values()) if (desired.track.kind === 'audio') tap.setGap(on);
  }

  /** The meeting is over: what was recorded so far is written. */
  dispose(): void {
    this.facts = null;
    for (const { tap } of this.running.values()) tap.finish();
    this.running.clear();
  }

  private start(key: string, desired: DesiredTap): void {
    const running: Running = { desired, tap: this.createTap(desired, this.gap && desired.track.kind === 'audio') };
    this.running.set(key, running);
    void running.tap.ended.then((end) => {
      if (this.running.get(key) !== running) return;
      this.running.delete(key);
      // Cut off because main was slow, or the source is gone: go on in a new file. An ended track is not wanted any more.
      if (end !== 'overflow' && end !== 'moved') this.refused.add(key);
      if (this.facts !== null) this.handleFacts(this.facts);
    });
  }

  private stop({ desired, tap }: Running, { recording }: TapFacts): void {
    const same = recording?.request.recordingId === desired.recordingId;
    const slot = slotOf(desired);
    this.ending.set(slot, tap);
    void tap.ended.then(() => {
      if (this.ending.get(slot) !== tap) return;
      this.ending.delete(slot);
      if (this.facts !== null) this.handleFacts(this.facts);
    });
    if (same && !mayBeRecorded(recording, desired)) tap.abort();
    else tap.finish();
  }
}

function slotOf({ participantId, kind }: DesiredTap): string {
  return `${participantId}/${kind}`;
}
