import type { Socket } from 'node:net';
import type { Timers } from '../timing';

export interface PassOptions {
  readonly idleTimeoutMs: number;
  readonly timers: Timers;
  /** Takes so many bytes from what may pass; false when that is too much: the pair is cut. */
  readonly take: (bytes: number) => boolean;
  readonly passed: (bytes: number) => void;
  readonly exceeded: () => void;
}

/**
 * Passes everything from each of two sockets to the other, as fast as the other takes it, until one of them ends: then
 * the other ends too. Nothing is held back but what one slow reader makes the kernel hold.
 */
export function passThrough(one: Socket, other: Socket, options: PassOptions): void {
  let cancelIdle = () => {};
  const cut = () => {
    cancelIdle();
    one.destroy();
    other.destroy();
  };
  const stir = () => {
    cancelIdle();
    cancelIdle = options.timers.after(options.idleTimeoutMs, cut);
  };
  const direct = (from: Socket, to: Socket) => {
    from.on('data', (chunk: Buffer) => {
      if (!options.take(chunk.length)) {
        options.exceeded();
        cut();
        return;
      }
      options.passed(chunk.length);
      stir();
      if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => from.resume());
    // Half-closed is what TLS does at the end of a connection: the other direction still has last words.
    from.once('end', () => to.end());
    from.once('close', cut);
  };
  direct(one, other);
  direct(other, one);
  stir();
  one.resume();
  other.resume();
  if (one.destroyed || other.destroyed) cut();
}
