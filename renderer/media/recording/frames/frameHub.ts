import type { TakeEnd, ToFrameWorker } from './frameMessages';
import type { FrameCodec } from './frameStretch';

/** How this runtime shows encoded frames: by a transform or as a pair of streams, each claimed at once; or not at all. */
export type FrameAccess = 'transform' | 'streams' | 'none';

export interface TakeEvents {
  /** The first frame is there, this very moment. */
  readonly onBegun: (codec: FrameCodec) => void;
  readonly onBytes: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Called once, last; not after `abort`. */
  readonly onEnded: (end: TakeEnd) => void;
}

/** Who holds a take while it runs. */
export interface TakeOwner {
  handleTakeEnded(end: TakeEnd): void;
}

/** The window's end of the worker. */
export interface FrameHub {
  readonly worker: Worker;
  nextNumber(): number;
  tell(message: ToFrameWorker, transfer?: Transferable[]): void;
  begin(take: number, owner: TakeOwner, events: TakeEvents): void;
  abort(take: number): void;
}
