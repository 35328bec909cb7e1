import type { DesiredTap } from './desiredTaps';
import { onFirstFrame } from './firstFrame';
import type { TrackTap } from './trackTap';
import { TrackWriter, type TrackSink, type WriterEnd } from './trackWriter';

const mimeTypes = { audio: 'audio/webm;codecs=opus', video: 'video/webm;codecs=vp8' } as const;
/** What a crash may cost at most is this much and what MediaRecorder holds back. */
const timesliceMs = 500;

interface Piece {
  readonly recorder: MediaRecorder;
  readonly writer: TrackWriter;
  /** Ended for a gap: what comes after it is another one. */
  paused: boolean;
}

/**
 * Records with MediaRecorder, which encodes anew. The track in the vault is opened the moment the first data comes into
 * being, because main takes that moment as its offset: sound at once, pictures with the first frame. A gap ends the file;
 * what comes after it is another one.
 */
export class MediaRecorderTap implements TrackTap {
  readonly ended: Promise<WriterEnd>;
  private end: (end: WriterEnd) => void = () => undefined;
  private piece: Piece | null = null;
  private stopWaiting: () => void = () => undefined;
  private over = false;

  constructor(
    private readonly sink: TrackSink,
    private readonly desired: DesiredTap,
    private gap: boolean,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.resume();
  }

  finish(): void {
    if (this.over) return;
    this.over = true;
    this.stopWaiting();
    if (this.piece === null) this.end('closed');
    else stop(this.piece);
  }

  abort(): void {
    this.over = true;
    this.stopWaiting();
    this.piece?.writer.abort();
    if (this.piece === null) this.end('aborted');
    else stop(this.piece);
  }

  setGap(on: boolean): void {
    if (on === this.gap || this.over) return;
    this.gap = on;
    if (on) {
      this.stopWaiting();
      if (this.piece !== null) {
        this.piece.paused = true;
        stop(this.piece);
      }
    } else if (this.piece === null) this.resume();
  }

  private resume(): void {
    if (this.over || this.gap) return;
    if (this.desired.track.kind === 'video') this.stopWaiting = onFirstFrame(this.desired.track, this.begin);
    else this.begin();
  }

  private readonly begin = (): void => {
    if (this.over) return;
    const { recordingId, participantId, kind, track } = this.desired;
    const mimeType = mimeTypes[track.kind === 'audio' ? 'audio' : 'video'];
    let recorder: MediaRecorder;
    try {
      recorder = new MediaRecorder(new MediaStream([track]), {
        mimeType,
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
    const writer = new TrackWriter(this.sink, { recordingId, participantId, kind, mimeType });
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (!writer.push(data) && recorder.state !== 'inactive') recorder.stop();
    });
    // Its last data comes before its `stop` event.
    recorder.addEventListener('stop', () => writer.close());
    recorder.addEventListener('error', () => this.finish());
    const piece: Piece = { recorder, writer, paused: false };
    this.piece = piece;
    void writer.ended.then((end) => this.handleWritten(piece, end));
  };

  private handleWritten(piece: Piece, end: WriterEnd): void {
    this.piece = null;
    stop(piece);
    if (piece.paused && end === 'closed' && !this.over) {
      this.resume();
      return;
    }
    this.over = true;
    this.end(end);
  }
}

function stop({ recorder }: Piece): void {
  if (recorder.state !== 'inactive') recorder.stop();
}
