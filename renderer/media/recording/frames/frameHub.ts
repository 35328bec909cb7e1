import type { TakeEnd, ToFrameWorker } from './frameMessages';
import type { FrameCodec } from './frameStretch';

/** How this runtime shows encoded frames: set at any time, or as streams that must be claimed at once; or not at all. */
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
  /** The worker, once it runs; before that and after its death there are no encoded frames. */
  readonly worker: Worker | null;
  nextNumber(): number;
  tell(message: ToFrameWorker, transfer?: Transferable[]): void;
  begin(take: number, owner: TakeOwner, events: TakeEvents): void;
  abort(take: number): void;
}
