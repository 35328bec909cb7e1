import { connect, type Socket } from 'node:net';
import type { ContactNotes } from '../../../common/contacts';
import { noteDialling } from '../../contacts/noteDialling';
import type { HostAddress } from '../invites/address';
import type { Timers } from '../timing';
import { readLines } from './lineReader';
import { formatOpening, parseAnswer, type Opening, type RelayRefusal } from './relayLines';

export interface DialOptions {
  readonly address: HostAddress;
  readonly opening: Opening;
  readonly timers: Timers;
  readonly contacts: ContactNotes;
  readonly timeoutMs: number;
}

export interface Dialling {
  /** Gives up; nothing is called any more. */
  close(): void;
}

export interface DialOutcome {
  /** The relay said OK: from here on the socket is the other end's. It is paused. */
  readonly connected: (socket: Socket) => void;
  /** Null: it could not be reached, or does not speak this protocol. */
  readonly failed: (reason: RelayRefusal | null) => void;
}

/** Opens one connection to a relay. Exactly one outcome is called, later, unless it is closed first. */
export function dialRelay(
  { address, opening, timers, timeoutMs, contacts }: DialOptions,
  outcome: DialOutcome,
): Dialling {
  let done = false;
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  noteDialling(socket, opening.type === 'guest' ? 'relay-join' : 'relay-room', address, contacts);
  const finish = (): boolean => {
    if (done) return false;
    done = true;
    cancelTimeout();
    return true;
  };
  const fail = (reason: RelayRefusal | null) => {
    if (!finish()) return;
    socket.destroy();
    outcome.failed(reason);
  };
  const cancelTimeout = timers.after(timeoutMs, () => fail(null));
  // Stays, without effect, for whoever takes the socket over: an error without a listener would end the program.
  socket.on('error', () => fail(null));
  socket.once('close', () => fail(null));
  socket.once('connect', () => socket.write(formatOpening(opening)));
  const reader = readLines(socket, {
    broken: () => fail(null),
    line: (text) => {
      const answer = parseAnswer(text);
      if (answer === null) return false;
      reader.stop();
      if (answer !== 'ok') fail(answer);
      else if (finish()) outcome.connected(socket);
      return true;
    },
  });
  return {
    close: () => {
      if (finish()) socket.destroy();
    },
  };
}
