import type { Socket } from 'node:net';
import { lineBytes } from './relayLines';

/**
 * Reads lines from a socket until `stop`. `line` returns false when it is no line of this protocol; a line that is too
 * long is none either. What follows the last line it took is put back and can be read or piped by whoever comes next.
 */
export function readLines(
  socket: Socket,
  handlers: { readonly line: (text: string) => boolean; readonly broken: () => void },
): { stop(): void } {
  let rest: Buffer = Buffer.alloc(0);
  let reading = true;

  const detach = () => {
    reading = false;
    socket.off('data', take);
    socket.pause();
  };
  const stop = () => {
    if (!reading) return;
    detach();
    if (rest.length > 0) socket.unshift(rest);
    rest = Buffer.alloc(0);
  };
  const fail = () => {
    detach();
    handlers.broken();
  };
  const take = (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (reading) {
      const end = rest.indexOf(0x0a);
      if (end < 0 ? rest.length >= lineBytes : end >= lineBytes) return fail();
      if (end < 0) return;
      const text = rest.subarray(0, end).toString('latin1');
      rest = rest.subarray(end + 1);
      if (!handlers.line(text)) return fail();
    }
  };
  socket.on('data', take);
  return { stop };
}
