import type { FromFrameWorker, TakeEnd } from './frameMessages';
import { FrameStretch, type FrameKind, type PassingFrame } from './frameStretch';
import { PacketMuxer } from './packetMuxer';

/** A picture without a key frame for this long, although one was asked for again and again. */
const keyFramePatienceMs = 5_000;

/** One stretch in the worker: takes passing frames, and sends them off as pieces of a file. */
export class FrameTake {
  private readonly stretch: FrameStretch;
  private readonly muxer: PacketMuxer;
  private readonly pieces: Uint8Array[] = [];
  private writing: Promise<void> = Promise.resolve();
  private waitingSince: number | null = null;
  private ending: TakeEnd | null = null;
  private aborted = false;

  constructor(
    private readonly id: number,
    kind: FrameKind,
    private readonly send: (message: FromFrameWorker, transfer?: Transferable[]) => void,
  ) {
    this.stretch = new FrameStretch(kind);
    this.muxer = new PacketMuxer((bytes) => this.pieces.push(bytes));
  }

  /** Never throws: a frame that can not be kept must not stop those that are shown. */
  handleFrame(frame: PassingFrame, now: number): void {
    if (this.ending !== null) return;
    const fresh = this.stretch.begun === null;
    if (fresh) this.waitingSince ??= now;
    const taken = this.stretch.take(frame, now);
    if (taken === 'foreign') {
      this.end(fresh ? 'unsuitable' : 'gone', now);
    } else if (fresh && this.stretch.begun !== null) {
      this.send({ type: 'begun', take: this.id, codec: this.stretch.begun });
    } else if (fresh && now - (this.waitingSince ?? now) > keyFramePatienceMs) {
      this.end('unsuitable', now);
    }
  }

  setGap(on: boolean): void {
    this.stretch.setGap(on);
    this.waitingSince = null;
  }

  /** Whether the sender is to be asked for a key frame. */
  wantsKeyFrame(now: number): boolean {
    return this.ending === null && this.stretch.wantsKeyFrame(now);
  }

  /** Sends what has come since the last time. */
  flush(now: number): void {
    if (this.ending === null) this.write(now, false);
  }

  end(end: TakeEnd, now: number): void {
    if (this.ending !== null) return;
    this.ending = end;
    this.write(now, true);
  }

  abort(): void {
    this.aborted = true;
    this.ending ??= 'asked';
    this.pieces.length = 0;
  }

  private write(now: number, last: boolean): void {
    const packets = this.stretch.drain(now, last);
    if (packets.length === 0 && !last) return;
    this.writing = this.writing.then(async () => {
      let end = this.ending;
      try {
        for (const packet of packets) await this.muxer.add(packet);
        if (last) await this.muxer.finish();
      } catch {
        end = 'unsuitable';
        this.ending = end;
      }
      if (this.aborted) return;
      this.sendPieces();
      if (end !== null && (last || end === 'unsuitable')) this.send({ type: 'ended', take: this.id, end });
    });
  }

  private sendPieces(): void {
    const bytes = new Uint8Array(this.pieces.reduce((sum, { length }) => sum + length, 0));
    if (bytes.length === 0) return;
    let at = 0;
    for (const piece of this.pieces.splice(0)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.send({ type: 'bytes', take: this.id, bytes }, [bytes.buffer]);
  }
}
