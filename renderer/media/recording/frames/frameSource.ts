import { frameCodecs } from './frameCodecs';
import type { FrameHub, TakeEvents, TakeOwner } from './frameHub';
import type { TakeEnd } from './frameMessages';
import type { FrameKind } from './frameStretch';
import { generateKeyFrame, requestKeyFrame } from './keyFrames';

/** What was begun at a source. After `abort`, and after its end, it does nothing any more. */
export interface Take {
  finish(): void;
  abort(): void;
  setGap(on: boolean): void;
}

/** One place where the encoded frames of one track pass. There is one take at a time. */
export class FrameSource implements TakeOwner {
  private current: number | null = null;
  private unsuitable = false;

  constructor(
    private readonly hub: FrameHub,
    private readonly kind: FrameKind,
    private readonly endpoint: RTCRtpSender | RTCRtpReceiver,
    private readonly stream: number,
  ) {}

  /** Whether a take may begin: none is there, and the last one did not find that nothing of it can be kept. */
  get free(): boolean {
    return this.current === null && !this.unsuitable;
  }

  take(gap: boolean, events: TakeEvents): Take {
    const { hub, kind, endpoint } = this;
    const take = hub.nextNumber();
    this.current = take;
    hub.begin(take, this, events);
    hub.tell({ type: 'take', take, stream: this.stream, kind, codecs: frameCodecs(endpoint.getParameters()), gap });
    return {
      finish: () => hub.tell({ type: 'finish', take, end: 'asked' }),
      abort: () => hub.abort(take),
      setGap: (on) => hub.tell({ type: 'gap', take, on }),
    };
  }

  /** The track can go on elsewhere: what was taken so far is written. */
  leave(): void {
    if (this.current !== null) this.hub.tell({ type: 'finish', take: this.current, end: 'gone' });
  }

  handleTakeEnded(end: TakeEnd): void {
    this.current = null;
    this.unsuitable = end === 'unsuitable';
  }

  handleKeyFrameWanted(stream: number): void {
    if (stream !== this.stream) return;
    if (this.endpoint instanceof RTCRtpReceiver) requestKeyFrame(this.endpoint.track);
    else void generateKeyFrame(this.endpoint);
  }
}
