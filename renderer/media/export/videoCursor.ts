import { VideoSampleSink, type VideoSample, type Input } from 'mediabunny';
import type { PlannedTrack } from './exportPlan';
import { openTrackInput } from './trackInput';

/** Reads the pictures of one track in order; nothing is opened before its first picture is asked for. */
export class VideoCursor {
  private input: Input | null = null;
  private samples: AsyncGenerator<VideoSample, void, unknown> | null = null;
  private current: VideoSample | null = null;
  private next: VideoSample | null = null;

  constructor(readonly track: PlannedTrack) {}

  covers(positionMs: number): boolean {
    return positionMs >= this.track.offsetMs && positionMs < this.track.offsetMs + this.track.durationMs;
  }

  /** The picture at a position, or null before the first. It belongs to the cursor: draw it before the next call. */
  async at(positionMs: number): Promise<VideoSample | null> {
    const seconds = (positionMs - this.track.offsetMs) / 1_000;
    this.samples ??= await this.open();
    this.next ??= await this.read();
    // Half a millisecond: what was meant for exactly this moment may be rounded past it.
    while (this.next !== null && this.next.timestamp <= seconds + 0.000_5) {
      this.current?.close();
      this.current = this.next;
      this.next = await this.read();
    }
    return this.current;
  }

  async dispose(): Promise<void> {
    const { samples, input } = this;
    this.current?.close();
    this.next?.close();
    this.current = null;
    this.next = null;
    this.samples = noSamples();
    await samples?.return();
    input?.dispose();
  }

  private async open(): Promise<AsyncGenerator<VideoSample, void, unknown>> {
    this.input = openTrackInput(this.track.url);
    const track = await this.input.getPrimaryVideoTrack();
    return track === null ? noSamples() : new VideoSampleSink(track).samples();
  }

  private async read(): Promise<VideoSample | null> {
    const { value, done } = (await this.samples?.next()) ?? { done: true };
    return done === true ? null : (value ?? null);
  }
}

async function* noSamples(): AsyncGenerator<VideoSample, void, unknown> {}
