import type { DesiredTap } from './desiredTaps';
import { onFirstFrame } from './firstFrame';
import { TrackWriter, type TrackSink, type WriterEnd } from './trackWriter';

const mimeTypes = { audio: 'audio/webm;codecs=opus', video: 'video/webm;codecs=vp8' } as const;
/** What a crash may cost at most is this much and what MediaRecorder holds back. */
const timesliceMs = 500;

/** One stretch of one track on its way to the disk. */
export interface TrackTap {
  /** Never rejects. `closed` also when nothing had come yet. */
  readonly ended: Promise<WriterEnd>;
  /** The stretch is over: what was recorded so far is written. */
  finish(): void;
  /** The yes is gone: nothing more is written, not even what was recorded already. */
  abort(): void;
}

export type CreateTrackTap = (desired: DesiredTap) => TrackTap;

/**
 * Records with MediaRecorder. The track in the vault is opened the moment the first data comes into being, because
 * main takes that moment as its offset: sound at once, pictures with the first frame.
 */
export class MediaRecorderTap implements TrackTap {
  readonly ended: Promise<WriterEnd>;
  private end: (end: WriterEnd) => void = () => undefined;
  private recorder: MediaRecorder | null = null;
  private writer: TrackWriter | null = null;
  private stopWaiting: () => void = () => undefined;
  private over = false;

  constructor(
    private readonly sink: TrackSink,
    private readonly desired: DesiredTap,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    if (desired.kind === 'video') this.stopWaiting = onFirstFrame(desired.track, this.begin);
    else this.begin();
  }

  finish(): void {
    if (this.over) return;
    this.over = true;
    this.stopWaiting();
    // Its last data comes before its `stop` event, which closes the writer.
    if (this.recorder === null) this.end('closed');
    else if (this.recorder.state !== 'inactive') this.recorder.stop();
  }

  abort(): void {
    this.over = true;
    this.stopWaiting();
    this.writer?.abort();
    if (this.recorder === null) this.end('aborted');
    else if (this.recorder.state !== 'inactive') this.recorder.stop();
  }

  private readonly begin = (): void => {
    const { recordingId, participantId, kind, track } = this.desired;
    if (this.over) return;
    let recorder: MediaRecorder;
    try {
      recorder = new MediaRecorder(new MediaStream([track]), {
        mimeType: mimeTypes[kind],
        audioBitsPerSecond: 48_000,
        videoBitsPerSecond: 800_000,
      });
      recorder.start(timesliceMs);
    } catch {
      // The track ended in this very moment.
      this.over = true;
      this.end('closed');
      return;
    }
    const writer = new TrackWriter(this.sink, { recordingId, participantId, kind, mimeType: mimeTypes[kind] });
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (!writer.push(data) && recorder.state !== 'inactive') recorder.stop();
    });
    recorder.addEventListener('stop', () => writer.close());
    recorder.addEventListener('error', () => this.finish());
    this.recorder = recorder;
    this.writer = writer;
    void writer.ended.then((end) => {
      this.over = true;
      if (recorder.state !== 'inactive') recorder.stop();
      this.end(end);
    });
  };
}
