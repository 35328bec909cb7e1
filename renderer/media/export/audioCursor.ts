import { AudioSampleSink, type AudioSample, type Input } from 'mediabunny';
import { mixInto, placeSamples, resample, sampleRate, toMono } from './audioMath';
import type { PlannedTrack } from './exportPlan';
import { openTrackInput } from './trackInput';

interface Piece {
  readonly at: number;
  readonly samples: Float32Array;
}

/** Reads the sound of one track in order and adds it to the mix, window by window. */
export class AudioCursor {
  private input: Input | null = null;
  private source: AsyncGenerator<AudioSample, void, unknown> | null = null;
  private pending: Piece | null = null;
  private nextFrame: number | null = null;
  private done = false;

  constructor(private readonly track: PlannedTrack) {}

  /** Windows have to come in order. */
  async addTo(mix: Float32Array, start: number): Promise<void> {
    const end = start + mix.length;
    if (this.done || (this.track.offsetMs * sampleRate) / 1_000 >= end) return;
    this.source ??= await this.open();
    for (;;) {
      const piece = this.pending ?? (await this.read());
      this.pending = piece;
      if (piece === null) {
        await this.dispose();
        return;
      }
      mixInto(mix, start, piece.samples, piece.at);
      // The rest of it belongs to the next window.
      if (piece.at + piece.samples.length > end) return;
      this.pending = null;
    }
  }

  async dispose(): Promise<void> {
    if (this.done) return;
    this.done = true;
    this.pending = null;
    await this.source?.return();
    this.input?.dispose();
  }

  private async open(): Promise<AsyncGenerator<AudioSample, void, unknown>> {
    this.input = openTrackInput(this.track.url);
    const track = await this.input.getPrimaryAudioTrack();
    return track === null ? noSamples() : new AudioSampleSink(track).samples();
  }

  private async read(): Promise<Piece | null> {
    const { value: sample } = (await this.source?.next()) ?? {};
    if (sample === undefined) return null;
    const samples = resample(toMono(channelsOf(sample)), sample.sampleRate);
    const stamped = Math.round((this.track.offsetMs / 1_000 + sample.timestamp) * sampleRate);
    sample.close();
    const at = placeSamples(stamped, this.nextFrame);
    this.nextFrame = at + samples.length;
    return { at, samples };
  }
}

function channelsOf(sample: AudioSample): readonly Float32Array[] {
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const channel = new Float32Array(sample.numberOfFrames);
    sample.copyTo(channel, { planeIndex, format: 'f32-planar' });
    return channel;
  });
}

async function* noSamples(): AsyncGenerator<AudioSample, void, unknown> {}
