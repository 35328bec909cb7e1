import { limits } from '../../../common/meeting/limits';
import { TrackWriter, type TrackSink, type WriterEnd } from './trackWriter';

/** Somebody whose consent clip is to be made, from what of them can be heard and seen right now: one or two tracks. */
export interface DesiredClip {
  readonly recordingId: string;
  readonly participantId: string;
  readonly tracks: readonly MediaStreamTrack[];
}

/** One consent clip on its way to the disk. */
export interface ClipTap {
  /** Never rejects. */
  readonly ended: Promise<WriterEnd>;
  /** The person or the recording is gone: what was recorded so far is written. */
  finish(): void;
  /** The yes is gone: nothing more is written. */
  abort(): void;
  /** While it is on nothing is recorded; the clip gets shorter by that. */
  setGap(on: boolean): void;
}

export type CreateClipTap = (desired: DesiredClip) => ClipTap;

const timesliceMs = 500;

/** Makes clips with MediaRecorder, sound and picture in one file, from the moment of the call and for a clip's length. */
export function createClipTapFactory(sink: TrackSink): CreateClipTap {
  return (desired) => new MediaRecorderClipTap(sink, desired);
}

class MediaRecorderClipTap implements ClipTap {
  readonly ended: Promise<WriterEnd>;
  private readonly recorder: MediaRecorder;
  private readonly writer: TrackWriter;
  private readonly timer: ReturnType<typeof setTimeout>;

  constructor(sink: TrackSink, { recordingId, participantId, tracks }: DesiredClip) {
    const mimeType = mimeTypeOf(tracks);
    this.recorder = new MediaRecorder(new MediaStream([...tracks]), {
      mimeType,
      audioBitsPerSecond: 48_000,
      videoBitsPerSecond: 800_000,
    });
    this.writer = new TrackWriter(sink, { recordingId, participantId, kind: 'clip', mimeType });
    this.recorder.addEventListener('dataavailable', ({ data }) => {
      if (!this.writer.push(data)) this.finish();
    });
    // Its last data comes before its `stop` event.
    this.recorder.addEventListener('stop', () => this.writer.close());
    this.recorder.addEventListener('error', () => this.finish());
    this.recorder.start(timesliceMs);
    this.timer = setTimeout(() => this.finish(), limits.clipSeconds * 1_000);
    this.ended = this.writer.ended.then((end) => {
      this.finish();
      return end;
    });
  }

  finish(): void {
    clearTimeout(this.timer);
    if (this.recorder.state !== 'inactive') this.recorder.stop();
  }

  abort(): void {
    this.writer.abort();
    this.finish();
  }

  setGap(on: boolean): void {
    if (on && this.recorder.state === 'recording') this.recorder.pause();
    if (!on && this.recorder.state === 'paused') this.recorder.resume();
  }
}

function mimeTypeOf(tracks: readonly MediaStreamTrack[]): string {
  const codecs = ['video', 'audio'].filter((kind) => tracks.some((track) => track.kind === kind));
  const names = codecs.map((kind) => (kind === 'video' ? 'vp8' : 'opus'));
  return `${codecs[0] ?? 'audio'}/webm;codecs=${names.join(',')}`;
}
