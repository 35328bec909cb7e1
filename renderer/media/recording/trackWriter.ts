import { limits } from '../../../common/meeting/limits';
import type { MediaKind } from '../../../common/consent/models';
import type { Result } from '../../../common/errors';

/** The part of the bridge that takes tracks. */
export interface TrackSink {
  openTrack(request: OpenTrackRequest): Promise<Result<{ trackId: string }>>;
  appendTrack(request: { trackId: string; bytes: Uint8Array }): Promise<Result<void>>;
  closeTrack(request: { trackId: string }): Promise<Result<void>>;
}

export interface OpenTrackRequest {
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: MediaKind;
  readonly mimeType: string;
}

/**
 * - `closed`: everything was written;
 * - `refused`: main took it no further (no consent, disk full, unknown track);
 * - `overflow`: main was too slow and the stretch was cut off behind what it could take;
 * - `moved`: everything was written, and what the track was taken from is gone: it may go on from elsewhere;
 * - `aborted`: what had not been sent was thrown away.
 */
export type WriterEnd = 'closed' | 'refused' | 'overflow' | 'moved' | 'aborted';

type Chunk = Blob | Uint8Array<ArrayBuffer>;

/** About half a minute of one track: enough for a disk that stalls, little enough for six people at once. */
const queueBytes = 4 * limits.chunkBytes;

/** Writes one track: opens it at once, appends strictly in order with one call at a time, closes it. */
export class TrackWriter {
  /** Never rejects. Resolves when nothing more will be sent. */
  readonly ended: Promise<WriterEnd>;
  private readonly queue: Chunk[] = [];
  private queued = 0;
  private state: 'writing' | 'closing' | 'overflow' | 'aborted' = 'writing';
  private wake: () => void = () => undefined;

  constructor(
    private readonly sink: TrackSink,
    request: OpenTrackRequest,
  ) {
    this.ended = this.run(request);
  }

  /** False: there is no room, and nothing that comes later is taken either. */
  push(chunk: Chunk): boolean {
    if (this.state !== 'writing') return false;
    const size = sizeOf(chunk);
    if (size === 0) return true;
    if (this.queued + size > queueBytes) {
      this.state = 'overflow';
      this.wake();
      return false;
    }
    this.queue.push(chunk);
    this.queued += size;
    this.wake();
    return true;
  }

  /** Writes what is queued, then closes. */
  close(): void {
    if (this.state === 'writing') this.state = 'closing';
    this.wake();
  }

  /** Throws away what is queued and sends nothing more, not even the end: main destroys the track. */
  abort(): void {
    this.state = 'aborted';
    this.queue.length = 0;
    this.wake();
  }

  private async run(request: OpenTrackRequest): Promise<WriterEnd> {
    const opened = await this.sink.openTrack(request);
    if (!opened.ok) return 'refused';
    const { trackId } = opened.value;
    for (;;) {
      if (this.aborted()) return 'aborted';
      const chunk = this.queue.shift();
      if (chunk === undefined) {
        if (this.state === 'writing') await new Promise<void>((resolve) => (this.wake = resolve));
        else break;
        continue;
      }
      const end = await this.append(trackId, chunk);
      if (end !== null) return end;
      this.queued -= sizeOf(chunk);
    }
    const end = this.state === 'overflow' ? 'overflow' : 'closed';
    const closed = await this.sink.closeTrack({ trackId });
    return closed.ok ? end : 'refused';
  }

  private async append(trackId: string, chunk: Chunk): Promise<WriterEnd | null> {
    const bytes = chunk instanceof Blob ? new Uint8Array(await chunk.arrayBuffer()) : chunk;
    for (let start = 0; start < bytes.byteLength; start += limits.chunkBytes) {
      if (this.aborted()) return 'aborted';
      const part = bytes.byteLength <= limits.chunkBytes ? bytes : bytes.slice(start, start + limits.chunkBytes);
      const appended = await this.sink.appendTrack({ trackId, bytes: part });
      if (!appended.ok) return 'refused';
    }
    return null;
  }

  private aborted(): boolean {
    return this.state === 'aborted';
  }
}

function sizeOf(chunk: Chunk): number {
  return chunk instanceof Blob ? chunk.size : chunk.byteLength;
}
