import { ConnectionFrames } from './connectionFrames';
import type { FrameAccess, FrameHub, TakeEvents, TakeOwner } from './frameHub';
import type { FromFrameWorker, TakeEnd, ToFrameWorker } from './frameMessages';
import type { FrameSource } from './frameSource';

const pingMs = 2_000;
/** So many pings without an answer, and the worker is taken for dead. */
const patience = 3;

export function frameAccess(): FrameAccess {
  if (typeof RTCRtpScriptTransform !== 'undefined') return 'transform';
  return 'createEncodedStreams' in RTCRtpReceiver.prototype ? 'streams' : 'none';
}

export function createFrameWorker(): Worker {
  return new Worker(new URL('./frames.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * The encoded frames of all connections of one meeting, and the worker they pass through. When that dies, connections that
 * hang on it are given up, to be made anew without it.
 */
export class EncodedFrames implements FrameHub {
  private access: FrameAccess = 'none';
  private readonly connections = new Set<ConnectionFrames>();
  private readonly takes = new Map<number, { readonly owner: TakeOwner; readonly events: TakeEvents }>();
  private readonly timer: ReturnType<typeof setInterval>;
  private numbers = 0;
  private unanswered = 0;
  private disposed = false;

  constructor(
    wanted: Exclude<FrameAccess, 'none'>,
    readonly worker: Worker,
  ) {
    worker.addEventListener('message', ({ data }: MessageEvent<FromFrameWorker>) => {
      // Only now: media given to a worker that never comes to life are neither seen nor heard.
      if (data.type === 'ready') this.access = wanted;
      else this.handleMessage(data);
    });
    this.timer = setInterval(this.ping, pingMs);
  }

  /** For a connection about to be made. `onLost`: its media hang on a worker that is dead. */
  openConnection(onLost: () => void): ConnectionFrames {
    const onClosed = (): void => void this.connections.delete(connection);
    const connection = new ConnectionFrames(this.access, this, { onLost, onClosed });
    this.connections.add(connection);
    return connection;
  }

  /** Where the encoded frames of this track pass and can be taken right now. */
  sourceOf(track: MediaStreamTrack): FrameSource | null {
    if (this.access === 'none') return null;
    for (const connection of this.connections) {
      const source = connection.sourceOf(track);
      if (source !== null) return source;
    }
    return null;
  }

  nextNumber(): number {
    this.numbers += 1;
    return this.numbers;
  }

  tell(message: ToFrameWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  begin(take: number, owner: TakeOwner, events: TakeEvents): void {
    this.takes.set(take, { owner, events });
  }

  abort(take: number): void {
    this.tell({ type: 'abort', take });
    this.forget(take, 'asked');
  }

  /** The worker ends when it has written what it was told to finish. */
  dispose(): void {
    this.disposed = true;
    this.endIfIdle();
  }

  private handleMessage(message: Exclude<FromFrameWorker, { type: 'ready' }>): void {
    switch (message.type) {
      case 'pong':
        this.unanswered = 0;
        return;
      case 'begun':
        this.takes.get(message.take)?.events.onBegun(message.codec);
        return;
      case 'bytes':
        this.takes.get(message.take)?.events.onBytes(message.bytes);
        return;
      case 'ended':
        this.forget(message.take, message.end)?.onEnded(message.end);
        return;
      case 'keyFrame':
        for (const connection of this.connections) connection.handleKeyFrameWanted(message.stream);
    }
  }

  private forget(take: number, end: TakeEnd): TakeEvents | undefined {
    const entry = this.takes.get(take);
    this.takes.delete(take);
    entry?.owner.handleTakeEnded(end);
    this.endIfIdle();
    return entry?.events;
  }

  private endIfIdle(): void {
    if (!this.disposed || this.takes.size > 0) return;
    clearInterval(this.timer);
    this.worker.terminate();
  }

  private readonly ping = (): void => {
    if (this.unanswered >= patience) {
      this.handleLost();
      return;
    }
    this.unanswered += 1;
    this.tell({ type: 'ping' });
  };

  private handleLost(): void {
    clearInterval(this.timer);
    this.access = 'none';
    this.worker.terminate();
    for (const connection of this.connections) connection.handleLost();
    for (const take of this.takes.keys()) this.forget(take, 'gone')?.onEnded('gone');
  }
}
