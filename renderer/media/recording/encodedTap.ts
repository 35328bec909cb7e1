import type { DesiredTap } from './desiredTaps';
import type { TakeEnd } from './frames/frameMessages';
import type { FrameSource, Take } from './frames/frameSource';
import type { FrameCodec } from './frames/frameStretch';
import type { TrackTap } from './trackTap';
import { TrackWriter, type TrackSink, type WriterEnd } from './trackWriter';

/**
 * Keeps the encoded frames as they pass; nothing is decoded or encoded for it. The track in the vault is opened the moment
 * the first frame passes, because main takes that moment as its offset.
 */
export class EncodedTap implements TrackTap {
  readonly ended: Promise<WriterEnd>;
  private end: (end: WriterEnd) => void = () => undefined;
  private readonly take: Take;
  private writer: TrackWriter | null = null;
  private moved = false;

  constructor(
    private readonly sink: TrackSink,
    private readonly desired: DesiredTap,
    source: FrameSource,
    gap: boolean,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.take = source.take(gap, {
      onBegun: this.handleBegun,
      onBytes: (bytes) => {
        if (this.writer?.push(bytes) !== true) this.take.abort();
      },
      onEnded: this.handleEnded,
    });
  }

  finish(): void {
    this.take.finish();
  }

  abort(): void {
    this.take.abort();
    if (this.writer === null) this.end('aborted');
    else this.writer.abort();
  }

  setGap(on: boolean): void {
    this.take.setGap(on);
  }

  private readonly handleBegun = (codec: FrameCodec): void => {
    const { recordingId, participantId, kind } = this.desired;
    const mimeType = `${codec === 'opus' ? 'audio' : 'video'}/webm;codecs=${codec}`;
    const writer = new TrackWriter(this.sink, { recordingId, participantId, kind, mimeType });
    this.writer = writer;
    void writer.ended.then((end) => {
      this.take.abort();
      this.end(end === 'closed' && this.moved ? 'moved' : end);
    });
  };

  private readonly handleEnded = (end: TakeEnd): void => {
    this.moved = end !== 'asked';
    if (this.writer === null) this.end(this.moved ? 'moved' : 'closed');
    else this.writer.close();
  };
}
