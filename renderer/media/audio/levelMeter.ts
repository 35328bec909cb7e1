import { loudness } from './loudness';
import type { SharedAudio } from './sharedAudio';

/**
 * Measures how loud one audio track is at the moment somebody asks. A remote track must be attached to a media element
 * as well, or Chromium lets no sound into WebAudio (https://crbug.com/933677).
 */
export class LevelMeter {
  private readonly window = new Float32Array(2_048);
  private readonly analyser: AnalyserNode;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly release: () => void;

  constructor(audio: SharedAudio, track: MediaStreamTrack) {
    const { context, release } = audio.use();
    this.release = release;
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = this.window.length;
    this.source = context.createMediaStreamSource(new MediaStream([track]));
    this.source.connect(this.analyser);
  }

  /** 0 to 1, of the last 43 ms. */
  read(): number {
    this.analyser.getFloatTimeDomainData(this.window);
    return loudness(this.window);
  }

  dispose(): void {
    this.source.disconnect();
    this.release();
  }
}
