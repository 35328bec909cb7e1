import type { FrameAccess, FrameHub } from './frameHub';
import type { TransformOptions } from './frameMessages';
import { FrameSource } from './frameSource';
import type { FrameKind } from './frameStretch';

/** Chromium's older way: https://github.com/w3c/webrtc-encoded-transform/blob/main/explainer.md */
interface Claimable {
  createEncodedStreams(): { readonly readable: ReadableStream; readonly writable: WritableStream };
}

export interface ConnectionFramesEvents {
  /** The media hang on a worker that is dead. */
  readonly onLost: () => void;
  readonly onClosed: () => void;
}

/** The encoded frames of one connection, from before it is made until it is closed. */
export class ConnectionFrames {
  private readonly received = new Map<MediaStreamTrack, FrameSource>();
  private readonly sent = new Map<FrameKind, FrameSource>();
  private readonly sending = new Map<FrameKind, MediaStreamTrack>();
  private connected = false;
  private paused = false;

  constructor(
    private readonly access: FrameAccess,
    private readonly hub: FrameHub,
    private readonly events: ConnectionFramesEvents,
  ) {}

  /** What the connection must be made with. */
  get configuration(): RTCConfiguration {
    return this.access === 'streams' ? ({ encodedInsertableStreams: true } as RTCConfiguration) : {};
  }

  /** Only in the task in which it was made: Chromium lets no frame be seen of what was not claimed by then. */
  handleTransceiver({ sender, receiver }: Pick<RTCRtpTransceiver, 'sender' | 'receiver'>): void {
    if (this.access === 'none' || this.received.has(receiver.track)) return;
    const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
    this.sent.set(kind, new FrameSource(this.hub, kind, sender, this.claim(sender)));
    this.received.set(receiver.track, new FrameSource(this.hub, kind, receiver, this.claim(receiver)));
  }

  /** What the sender of this kind sends from now on. */
  handleSending(kind: FrameKind, track: MediaStreamTrack): void {
    this.sending.set(kind, track);
  }

  /** Whether what is sent arrives: an encoder pauses while nothing can be sent, and the own tracks had better go on elsewhere. */
  handleConnected(connected: boolean): void {
    this.connected = connected;
    if (!connected) for (const source of this.sent.values()) source.leave();
  }

  /** Whether the own picture is held back on this connection: then no frames of it pass here, and it is to be had elsewhere. */
  handlePaused(paused: boolean): void {
    this.paused = paused;
    if (paused) this.sent.get('video')?.leave();
  }

  handleKeyFrameWanted(stream: number): void {
    for (const source of this.sources()) source.handleKeyFrameWanted(stream);
  }

  handleLost(): void {
    if (this.access !== 'none') this.events.onLost();
  }

  sourceOf(track: MediaStreamTrack): FrameSource | null {
    const received = this.received.get(track);
    if (received?.free === true) return received;
    if (!this.connected) return null;
    for (const [kind, source] of this.sent) {
      if (kind === 'video' && this.paused) continue;
      if (this.sending.get(kind) === track && source.free) return source;
    }
    return null;
  }

  close(): void {
    this.events.onClosed();
    for (const source of this.sources()) source.leave();
  }

  private sources(): readonly FrameSource[] {
    return [...this.received.values(), ...this.sent.values()];
  }

  /** Leads the frames through the worker for as long as the connection lives. */
  private claim(endpoint: RTCRtpSender | RTCRtpReceiver): number {
    const stream = this.hub.nextNumber();
    if (this.access === 'transform') {
      const options: TransformOptions = { stream, receives: endpoint instanceof RTCRtpReceiver };
      endpoint.transform = new RTCRtpScriptTransform(this.hub.worker, options);
      return stream;
    }
    const { readable, writable } = (endpoint as unknown as Claimable).createEncodedStreams();
    this.hub.tell({ type: 'stream', stream, readable, writable }, [readable, writable]);
    return stream;
  }
}
