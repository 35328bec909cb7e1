import type { WebSocket } from 'ws';
import type { SessionPolicy } from '../policy';
import type { Timers } from '../timing';

/**
 * - `gone`: the other end closed or the network did;
 * - `silent`: it did not answer heartbeats;
 * - `protocol`: it broke the WebSocket protocol or sent a frame that is too long;
 * - `slow`: it did not read what was sent.
 */
export type WireEnd = 'gone' | 'silent' | 'protocol' | 'slow';

export interface WireHandlers {
  /** A text frame; an empty text for a binary one, which this protocol has not. */
  readonly frame: (text: string) => void;
  /** Called before each frame and ping with its size in bytes; false: it is dropped. */
  readonly accept?: (bytes: number) => boolean;
  /** Once, and not after `close` or `terminate`. */
  readonly ended: (reason: WireEnd) => void;
}

/** JSON messages over one WebSocket, with a heartbeat. */
export interface Wire {
  /** Nothing when closed. */
  send(message: unknown): void;
  /** Asks for an answer at once: the connection ends as silent if none comes within one beat. */
  probe(): void;
  /** Lets what was sent go out, for a bounded time, then closes. Nothing is handed in any more. */
  close(): void;
  /** Closes at once. */
  terminate(): void;
}

/** RFC 6455, section 7.4.1: 1002 protocol error, 1003 and 1007 wrong data, 1009 too big. */
const protocolCloseCodes: ReadonlySet<number> = new Set([1002, 1003, 1007, 1009]);

/** Takes over an open WebSocket. Owns its listeners and timers until it has closed. */
export function openWire(
  socket: WebSocket,
  handlers: WireHandlers,
  timers: Timers,
  policy: Pick<SessionPolicy, 'heartbeat' | 'closeGraceMs' | 'queuedBytes'>,
): Wire {
  let open = true;
  let missed = 0;
  let cancelBeat = () => {};
  let cancelGrace = () => {};

  const stop = () => {
    open = false;
    cancelBeat();
  };
  const end = (reason: WireEnd) => {
    if (!open) return;
    stop();
    socket.terminate();
    handlers.ended(reason);
  };
  const heard = (bytes: number): boolean => {
    missed = 0;
    return open && (handlers.accept?.(bytes) ?? true);
  };
  // Beats are counted instead of time measured, so that a computer waking up does not mistake its sleep for silence.
  const beat = () => {
    if (missed >= policy.heartbeat.missed) return end('silent');
    missed += 1;
    socket.ping();
    cancelBeat = timers.after(policy.heartbeat.intervalMs, beat);
  };

  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
    if (heard(bytes.length)) handlers.frame(isBinary ? '' : bytes.toString('utf8'));
  });
  socket.on('pong', () => heard(0));
  socket.on('ping', (data) => heard(data.length));
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code?.startsWith('WS_ERR') ? 'protocol' : 'gone'));
  socket.on('close', (code) => {
    cancelGrace();
    end(protocolCloseCodes.has(code) ? 'protocol' : 'gone');
  });
  cancelBeat = timers.after(policy.heartbeat.intervalMs, beat);
  if (socket.readyState === socket.CLOSED) queueMicrotask(() => end('gone'));
  else socket.resume();

  return {
    send(message) {
      if (!open || socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > policy.queuedBytes) return end('slow');
      socket.send(JSON.stringify(message));
    },
    probe() {
      if (!open) return;
      cancelBeat();
      missed = Math.max(missed, policy.heartbeat.missed - 1);
      beat();
    },
    close() {
      if (!open) return;
      stop();
      socket.close(1000);
      if (socket.readyState !== socket.CLOSED)
        cancelGrace = timers.after(policy.closeGraceMs, () => socket.terminate());
    },
    terminate() {
      stop();
      socket.terminate();
    },
  };
}
