import type { FrameCodec, FrameKind } from './frameStretch';

/** What the transform of a newer runtime is told about itself, in place of a `stream` message. */
export interface TransformOptions {
  readonly stream: number;
  readonly receives: boolean;
}

/** To the worker. Streams and takes are numbered by the window. */
export type ToFrameWorker =
  | {
      readonly type: 'stream';
      readonly stream: number;
      readonly readable: ReadableStream;
      readonly writable: WritableStream;
    }
  | {
      readonly type: 'take';
      readonly take: number;
      readonly stream: number;
      readonly kind: FrameKind;
      readonly codecs: ReadonlyMap<number, FrameCodec>;
      readonly gap: boolean;
    }
  | { readonly type: 'gap'; readonly take: number; readonly on: boolean }
  /** Write what there is and end. */
  | { readonly type: 'finish'; readonly take: number; readonly end: 'asked' | 'gone' }
  /** Throw away what there is. Not answered. */
  | { readonly type: 'abort'; readonly take: number }
  | { readonly type: 'ping' };

/**
 * - `asked`: as told;
 * - `gone`: the stream has ended or become something else; the track may go on elsewhere;
 * - `unsuitable`: nothing that can be kept comes from this stream.
 */
export type TakeEnd = 'asked' | 'gone' | 'unsuitable';

export type FromFrameWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'pong' }
  /** The first frame of a take is there, this very moment. */
  | { readonly type: 'begun'; readonly take: number; readonly codec: FrameCodec }
  | { readonly type: 'bytes'; readonly take: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'ended'; readonly take: number; readonly end: TakeEnd }
  /** Where the worker can not ask by itself. */
  | { readonly type: 'keyFrame'; readonly stream: number };
