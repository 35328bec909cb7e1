import SimplePeer from 'simple-peer/simplepeer.min.js';
import { limits } from '../../../common/meeting/limits';
import type { IceState } from '../../../common/meeting/iceServers';
import type { SignalData } from '../../../common/protocol/bodies';
import type { ConnectionFacts, RelayTrouble } from '../../stores/mediaStore';
import type { LocalTracks } from '../devices/localTracks';
import { applyVideoTarget, preferSound } from '../quality/applyVideoTarget';
import type { VideoTarget } from '../quality/videoTarget';
import type { ConnectionFrames } from '../recording/frames/connectionFrames';
import type { EncodedFrames } from '../recording/frames/encodedFrames';
import { ConnectionHealth, type HealthNews } from './connectionHealth';
import { iceConfiguration } from './iceConfiguration';
import type { Placeholders } from './placeholders';
import { SignsOfLife } from './signsOfLife';
import { askForSteadySound } from './steadySound';
import { watchRelay } from './relayTrouble';
import { watchFacts } from './watchFacts';

export interface PeerConnectionEvents {
  readonly onSignal: (signal: SignalData) => void;
  /**
   * Media can flow; `certificates` (DER) are those found at the other end. Called again when an interrupted connection has
   * come back by itself.
   */
  readonly onConnected: (stream: MediaStream, certificates: readonly Uint8Array<ArrayBuffer>[]) => void;
  /** Which way it goes is known, or is another. */
  readonly onFacts: (facts: ConnectionFacts) => void;
  /** Interrupted; may come back by itself. */
  readonly onInterrupted: () => void;
  /** Has been interrupted for so long that another one had better be made; this one may still come back. */
  readonly onReplaceable: () => void;
  /** Text that the other end sent over the data channel. */
  readonly onCarried: (text: string) => void;
  /** Called at most once; the connection is gone. Not called for `destroy`. */
  readonly onFailed: () => void;
}

/** One connection to one other participant. After `destroy` or `onFailed` it does nothing any more. */
export interface PeerConnection {
  handleSignal(signal: SignalData): void;
  handleTracks(tracks: LocalTracks): void;
  /** An address of this computer is another one: what was being connected is begun anew, what is connected is watched closely. */
  handleNetworkChange(): void;
  /** Its statistics; rejects when it is gone. */
  report(): Promise<Iterable<unknown>>;
  /** What is to be sent of the picture. */
  handleVideoTarget(target: VideoTarget): void;
  /** Sends text over the data channel; false when it is not open or does not keep up. */
  carry(text: string): boolean;
  destroy(): void;
}

export interface PeerConnectionOptions {
  readonly initiator: boolean;
  readonly tracks: LocalTracks;
  readonly ice: IceState;
}

export type CreatePeerConnection = (options: PeerConnectionOptions, events: PeerConnectionEvents) => PeerConnection;

/**
 * How long a connection may take to be described by the other end, and to be made then: simple-peer does not report an offer that
 * nobody answered. Without the other's description trying on is no use; with it, it finds its way as soon as there is one.
 */
const describeMs = 8_000;
const connectMs = 15_000;
const lookEveryMs = 500;

/** A data channel for which more than this is waiting does not keep up. */
const waitingBytes = 1_048_576;

/** The only place that knows simple-peer. `frames` is for who records: null leaves encoded frames alone. */
export function createPeerConnectionFactory(
  placeholders: Placeholders,
  frames: EncodedFrames | null,
  onRelayNews: (trouble: RelayTrouble | null) => void,
): CreatePeerConnection {
  return (options, events) => new SimplePeerConnection(placeholders, frames, options, events, onRelayNews);
}

class SimplePeerConnection implements PeerConnection {
  private readonly peer: SimplePeer.Instance;
  private readonly outgoing: MediaStream;
  private readonly incoming = new MediaStream();
  private readonly sending: { audio: MediaStreamTrack; video: MediaStreamTrack };
  private timer: ReturnType<typeof setTimeout> | null;
  private connected = false;
  private over = false;
  private described = false;
  private readonly frames: ConnectionFrames | null;
  private native: RTCPeerConnection | null = null;
  /** From the moment it is connected. */
  private health: ConnectionHealth | null = null;
  private watch: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly placeholders: Placeholders,
    frames: EncodedFrames | null,
    private readonly options: PeerConnectionOptions,
    private readonly events: PeerConnectionEvents,
    onRelayNews: (trouble: RelayTrouble | null) => void,
  ) {
    this.sending = { audio: placeholders.audio, video: placeholders.video };
    this.outgoing = new MediaStream([placeholders.audio, placeholders.video]);
    this.frames = frames?.openConnection(() => this.handleEnd()) ?? null;
    this.peer = new SimplePeer({
      initiator: options.initiator,
      trickle: true,
      // Text stays text.
      objectMode: true,
      sdpTransform: askForSteadySound,
      config: { ...iceConfiguration(options.ice), ...this.frames?.configuration },
      wrtc: this.remembering(),
      stream: this.outgoing,
    });
    for (const transceiver of this.native?.getTransceivers() ?? []) this.frames?.handleTransceiver(transceiver);
    for (const kind of ['audio', 'video'] as const) this.frames?.handleSending(kind, this.sending[kind]);
    if (this.native !== null && options.ice.hasRelay) watchRelay(this.native, (news) => this.over || onRelayNews(news));
    if (this.native !== null) watchFacts(this.native, (facts) => this.over || events.onFacts(facts));
    this.peer.on('signal', this.handleOutgoing);
    this.peer.on('track', this.handleTrack);
    this.peer.on('connect', this.handleConnect);
    this.peer.on('iceStateChange', this.handleIceState);
    this.peer.on('error', this.handleEnd);
    this.peer.on('close', this.handleEnd);
    this.peer.on('data', this.handleData);
    this.timer = setTimeout(this.handleEnd, describeMs);
    this.handleTracks(options.tracks);
  }

  handleSignal(signal: SignalData): void {
    if (this.over) return;
    // One description is all a connection ever needs; renegotiation could only add what we would not show.
    if (signal.type === 'candidate') {
      const { candidate, sdpMid, sdpMLineIndex } = signal.candidate;
      this.deliver({
        type: 'candidate',
        candidate: { candidate, sdpMid: sdpMid ?? null, sdpMLineIndex: sdpMLineIndex ?? null } as RTCIceCandidate,
      });
    } else if (signal.type === (this.options.initiator ? 'answer' : 'offer') && !this.described) {
      this.described = true;
      this.clearTimer();
      this.timer = setTimeout(this.handleEnd, connectMs);
      this.deliver({ type: signal.type, sdp: signal.sdp });
    }
  }

  handleTracks(tracks: LocalTracks): void {
    this.replace('audio', tracks.audio);
    this.replace('video', tracks.video);
  }

  handleNetworkChange(): void {
    this.health?.handleNetworkChange(performance.now());
    if (!this.connected) this.handleEnd();
  }

  async report(): Promise<Iterable<unknown>> {
    if (this.native === null || this.over) throw new Error('the connection is gone');
    return ((await this.native.getStats()) as unknown as ReadonlyMap<string, unknown>).values();
  }

  handleVideoTarget(target: VideoTarget): void {
    const sender = this.senderOf('video');
    if (this.over || sender === null) return;
    this.frames?.handlePaused(target === 'off');
    void applyVideoTarget(sender, target);
  }

  carry(text: string): boolean {
    if (this.over || !this.connected || !this.peer.connected || this.peer.bufferSize > waitingBytes) return false;
    try {
      this.peer.send(text);
      return true;
    } catch {
      return false;
    }
  }

  destroy(): void {
    if (this.over) return;
    this.over = true;
    this.clearTimer();
    if (this.watch !== null) clearInterval(this.watch);
    this.frames?.close();
    for (const track of this.incoming.getTracks()) track.stop();
    // Its `error` and `close` come later and find `over`.
    this.peer.destroy();
  }

  private deliver(signal: SimplePeer.SignalData): void {
    try {
      this.peer.signal(signal);
    } catch {
      // A description or candidate that Chromium does not understand.
      this.handleEnd();
    }
  }

  private replace(kind: 'audio' | 'video', track: MediaStreamTrack | null): void {
    const next = track ?? this.placeholders[kind];
    if (this.over || this.sending[kind] === next) return;
    this.sending[kind] = next;
    this.frames?.handleSending(kind, next);
    // simple-peer finds the sender by the track it was made with.
    this.peer.replaceTrack(this.placeholders[kind], next, this.outgoing);
  }

  private senderOf(kind: 'audio' | 'video'): RTCRtpSender | null {
    return this.native?.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)?.sender ?? null;
  }

  private readonly handleOutgoing = (signal: SimplePeer.SignalData): void => {
    if (this.over) return;
    if (signal.type === 'candidate') {
      const { candidate, sdpMid, sdpMLineIndex } = signal.candidate;
      this.events.onSignal({ type: 'candidate', candidate: { candidate, sdpMid, sdpMLineIndex } });
    } else if ((signal.type === 'offer' || signal.type === 'answer') && signal.sdp !== undefined) {
      this.events.onSignal({ type: signal.type, sdp: signal.sdp });
    }
  };

  private readonly handleTrack = (track: MediaStreamTrack): void => {
    const known = this.incoming.getTracks().some(({ kind }) => kind === track.kind);
    if (!this.over && !known) this.incoming.addTrack(track);
  };

  private readonly handleData = (data: unknown): void => {
    if (!this.over && typeof data === 'string' && data.length <= limits.carriedCharacters) this.events.onCarried(data);
  };

  private readonly handleConnect = (): void => {
    if (this.over) return;
    this.connected = true;
    this.clearTimer();
    if (this.incoming.getTracks().length === 2) {
      const sender = this.senderOf('audio');
      if (sender !== null) void preferSound(sender);
      this.announce();
      this.beginWatch();
    } else {
      this.handleEnd();
    }
  };

  private readonly handleIceState = (state: RTCIceConnectionState): void => {
    this.health?.handleIce(state === 'disconnected', performance.now());
  };

  private beginWatch(): void {
    if (this.native === null || this.over) return;
    const signs = new SignsOfLife(this.native);
    const health = new ConnectionHealth(performance.now());
    this.health = health;
    let busy = false;
    this.watch = setInterval(() => {
      if (busy) return;
      busy = true;
      void signs
        .sinceLast()
        // Of a connection that is being closed.
        .catch(() => false)
        .then((heard) => {
          busy = false;
          this.handleNews(health.look(heard, performance.now()));
        });
    }, lookEveryMs);
  }

  private handleNews(news: readonly HealthNews[]): void {
    for (const one of news) {
      if (this.over) return;
      switch (one) {
        case 'quiet':
          this.frames?.handleConnected(false);
          this.events.onInterrupted();
          break;
        case 'back':
          this.announce();
          break;
        case 'replace':
          this.events.onReplaceable();
          break;
        case 'over':
          this.handleEnd();
      }
    }
  }

  private announce(): void {
    const certificates = this.native === null ? [] : remoteCertificates(this.native);
    if (certificates.length === 0) return this.handleEnd();
    this.frames?.handleConnected(true);
    this.events.onConnected(this.incoming, certificates);
  }

  /** simple-peer keeps its connection to itself; the class it makes it of is given to it. */
  private remembering() {
    const remember = (native: RTCPeerConnection): void => void (this.native = native);
    class RememberedConnection extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        remember(this);
      }
    }
    return { RTCPeerConnection: RememberedConnection, RTCSessionDescription, RTCIceCandidate };
  }

  private readonly handleEnd = (): void => {
    if (this.over) return;
    this.destroy();
    this.events.onFailed();
  };

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** What the other end of each transport has shown in its DTLS handshake, once it has. */
function remoteCertificates(native: RTCPeerConnection): readonly Uint8Array<ArrayBuffer>[] {
  const transports = new Set([
    ...native.getSenders().map(({ transport }) => transport),
    ...native.getReceivers().map(({ transport }) => transport),
    native.sctp?.transport ?? null,
  ]);
  return [...transports].flatMap((transport) => {
    const certificate = transport?.getRemoteCertificates()[0];
    return certificate === undefined ? [] : [new Uint8Array(certificate)];
  });
}
