import { fillOpus } from './opusFill';
import { opusDurationMs } from './opusPacket';
import { RtpTimeline } from './rtpTimeline';

export type FrameKind = 'audio' | 'video';
export type FrameCodec = 'opus' | 'vp8' | 'vp9';

/** An encoded frame as it passes, seen through the runtime's differing shapes. */
export interface PassingFrame {
  readonly rtp: number;
  /** Undefined when the runtime can not tell what the frame is. */
  readonly codec: FrameCodec | undefined;
  readonly key: boolean;
  readonly width: number;
  readonly height: number;
  /** Known where the connection numbers its frames. */
  readonly frameId: number | undefined;
  readonly dependencies: readonly number[];
  /** Copies the bytes; not called for a frame that is not kept. */
  readonly bytes: () => Uint8Array;
}

export interface StretchPacket {
  readonly bytes: Uint8Array;
  readonly atMs: number;
  readonly durationMs: number;
  readonly key: boolean;
  readonly codec: FrameCodec;
  readonly width: number;
  readonly height: number;
}

interface Held extends StretchPacket {
  readonly order: number;
  readonly arrivedMs: number;
  readonly frameId: number | undefined;
  readonly dependencies: readonly number[];
}

/** Frames wait this long for those that come late (sent again after a loss). A gap takes them back, too. */
export const holdMs = 300;
/** A player that seeks decodes from the key frame before: so often one is asked for. */
const keyFrameEveryMs = 5_000;
const askAgainMs = 500;
/** Enough to know what a delta frame may lean on. */
const rememberedFrames = 256;

/**
 * The frames of one track that are to be kept, from the first (of a picture: a key frame) to the last, in order, each once, with
 * times that grow. Clock and transport are the caller's.
 */
export class FrameStretch {
  private readonly timeline: RtpTimeline;
  private held: Held[] = [];
  private codec: FrameCodec | null = null;
  private lastOrder = Number.NEGATIVE_INFINITY;
  private lastMs = -1;
  /** Of the sound written last: its first byte and when it ends. */
  private lastSound: { readonly toc: number; readonly endMs: number } | null = null;
  private afterGap = false;
  private gap = false;
  private lastKeyMs = Number.NEGATIVE_INFINITY;
  private askedMs = Number.NEGATIVE_INFINITY;
  private readonly written = new Set<number>();
  private broken = false;

  constructor(private readonly kind: FrameKind) {
    this.timeline = new RtpTimeline(kind === 'audio' ? 48_000 : 90_000);
  }

  /** The codec of what was taken; null: nothing was. */
  get begun(): FrameCodec | null {
    return this.codec;
  }

  /** `foreign`: this and all that follows can not be kept in this stretch. */
  take(frame: PassingFrame, arrivedMs: number): 'taken' | 'left' | 'foreign' {
    if (frame.codec === undefined || (this.codec !== null && frame.codec !== this.codec)) return 'foreign';
    if (frame.key) this.lastKeyMs = arrivedMs;
    if (this.codec === null && (this.gap || (this.kind === 'video' && !frame.key))) return 'left';
    const { order, atMs } = this.timeline.place(frame.rtp, arrivedMs);
    if (this.gap) return 'left';
    if (order <= this.lastOrder) {
      // Too late: what leans on it looks wrong until the next key frame.
      this.broken ||= this.kind === 'video' && order !== this.lastOrder;
      return 'left';
    }
    let at = this.held.length;
    while (at > 0 && (this.held[at - 1]?.order ?? order) > order) at -= 1;
    if (this.held[at - 1]?.order === order) return 'left';
    const bytes = frame.bytes();
    const durationMs = this.kind === 'audio' ? opusDurationMs(bytes) : 0;
    if (bytes.length === 0 || durationMs === null) return 'left';
    const { codec, key, width, height, frameId, dependencies } = frame;
    this.codec = codec;
    this.held.splice(at, 0, {
      ...{ bytes, atMs, durationMs, key: this.kind === 'audio' || key, codec, width, height },
      ...{ order, arrivedMs, frameId, dependencies },
    });
    return 'taken';
  }

  /** What has waited long enough, or everything. */
  drain(now: number, everything = false): readonly StretchPacket[] {
    let ready = this.held.length;
    while (!everything && ready > 0 && (this.held[ready - 1]?.arrivedMs ?? now) > now - holdMs) ready -= 1;
    return this.held.splice(0, ready).flatMap((one) => this.release(one));
  }

  /** While it is on nothing is kept, nor what still waits; the time line goes on. */
  setGap(on: boolean): void {
    this.gap = on;
    if (!on) return;
    this.held = [];
    this.afterGap = true;
  }

  /** Whether to ask the sender for a key frame now; says so once per question. */
  wantsKeyFrame(now: number): boolean {
    if (this.kind === 'audio') return false;
    const due = this.codec === null || this.broken || now - this.lastKeyMs >= keyFrameEveryMs;
    if (!due || now - this.askedMs < askAgainMs) return false;
    this.askedMs = now;
    return true;
  }

  private release(one: Held): readonly StretchPacket[] {
    const { order, frameId, dependencies, bytes, durationMs, key, codec, width, height } = one;
    this.lastOrder = order;
    if (frameId !== undefined && !this.decodable(key, frameId, dependencies)) {
      this.broken = true;
      return [];
    }
    if (key) this.broken = false;
    // The clock was set back: sound would be heard twice, a picture is only shown for less long.
    if (this.kind === 'audio' && one.atMs <= this.lastMs) return [];
    const atMs = Math.max(one.atMs, this.lastMs + 1);
    this.lastMs = atMs;
    const packet = { bytes, atMs, durationMs, key, codec, width, height };
    return this.kind === 'audio' ? [...this.fillBefore(packet), packet] : [packet];
  }

  /** Who rests sends nothing, what is lost does not come, and in a gap nothing is kept: no holes come of it. */
  private fillBefore({ bytes, atMs, durationMs, ...rest }: StretchPacket): readonly StretchPacket[] {
    const before = this.lastSound;
    const filling = before === null ? [] : fillOpus(before.toc, before.endMs, atMs, !this.afterGap);
    this.lastSound = { toc: bytes[0] ?? 0, endMs: atMs + durationMs };
    this.afterGap = false;
    return filling.map((one) => ({ ...rest, ...one }));
  }

  private decodable(key: boolean, frameId: number, dependencies: readonly number[]): boolean {
    if (!key && !dependencies.every((id) => this.written.has(id))) return false;
    if (key) this.written.clear();
    this.written.add(frameId);
    const [oldest] = this.written;
    if (this.written.size > rememberedFrames && oldest !== undefined) this.written.delete(oldest);
    return true;
  }
}
