import type { FrameAccess, FrameHub } from './frameHub';
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

  constructor(
    private readonly access: FrameAccess,
    private readonly hub: FrameHub,
    private readonly events: ConnectionFramesEvents,
  ) {}

  /** What the connection must be made with. */
  get configuration(): RTCConfiguration {
    return this.access === 'streams' ? ({ encodedInsertableStreams: true } as RTCConfiguration) : {};
  }

  /** Only in the task in which the sender was made. */
  handleSender(kind: FrameKind, sender: RTCRtpSender): void {
    if (this.access !== 'none') this.sent.set(kind, new FrameSource(this.hub, kind, sender, this.claim(sender)));
  }

  /** Only in the task in which the connection told of its track. */
  handleReceiver(receiver: RTCRtpReceiver): void {
    if (this.access === 'none') return;
    const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
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

  handleKeyFrameWanted(stream: number): void {
    for (const source of this.sources()) source.handleKeyFrameWanted(stream);
  }

  handleLost(): void {
    if (this.access === 'streams') this.events.onLost();
  }

  sourceOf(track: MediaStreamTrack): FrameSource | null {
    const received = this.received.get(track);
    if (received?.free === true) return received;
    if (!this.connected) return null;
    for (const [kind, source] of this.sent) if (this.sending.get(kind) === track && source.free) return source;
    return null;
  }

  close(): void {
    this.events.onClosed();
    for (const source of this.sources()) source.leave();
  }

  private sources(): readonly FrameSource[] {
    return [...this.received.values(), ...this.sent.values()];
  }

  /** Null where a transform can be set later. */
  private claim(endpoint: RTCRtpSender | RTCRtpReceiver): number | null {
    if (this.access === 'transform') return null;
    const { readable, writable } = (endpoint as unknown as Claimable).createEncodedStreams();
    const stream = this.hub.nextNumber();
    this.hub.tell({ type: 'stream', stream, readable, writable }, [readable, writable]);
    return stream;
  }
}
