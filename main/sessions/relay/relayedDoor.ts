import type { Socket } from 'node:net';
import type { ContactNotes } from '../../../common/contacts';
import type { HostAddress } from '../invites/address';
import type { Timers } from '../timing';
import { dialRelay, type Dialling } from './dialRelay';
import { readLines } from './lineReader';
import { parseBellLine } from './relayLines';

/**
 * - `connecting`: being reached;
 * - `open`: guests can come through it;
 * - `closed`: it cannot be reached or refused; it is tried again.
 */
export type RelayedDoorState = 'connecting' | 'open' | 'closed';

export interface RelayedDoorOptions {
  readonly address: HostAddress;
  /** 32 random bytes as base64url: whoever has it can open the room in the host's place, so it stays in main. */
  readonly ticket: string;
  readonly timers: Timers;
  readonly contacts: ContactNotes;
  readonly timeoutMs: number;
  /** How long to wait before the next try, by the number of failures before. */
  readonly retryMs: (failures: number) => number;
  /** The relay beats more often than that; silence for longer means that it is gone. */
  readonly silenceMs: number;
  /** The connection of a guest, as raw as if it had come by itself. */
  readonly onGuest: (socket: Socket) => void;
  readonly onState: (state: RelayedDoorState) => void;
}

/** The host's side of a relay: keeps its room open there for as long as the meeting runs, and opens for guests. */
export class RelayedDoor {
  readonly #options: RelayedDoorOptions;
  readonly #accepting = new Set<Dialling>();
  #dialling: Dialling | null = null;
  #bell: Socket | null = null;
  #cancel = () => {};
  #failures = 0;
  #over = false;

  constructor(options: RelayedDoorOptions) {
    this.#options = options;
    this.#open();
  }

  /** Closes the room. Guests who came through it stay connected. */
  close(): void {
    this.#over = true;
    this.#cancel();
    this.#dialling?.close();
    this.#bell?.destroy();
    for (const dialling of this.#accepting) dialling.close();
  }

  #open(): void {
    const { address, ticket, timers, timeoutMs, contacts, onState } = this.#options;
    onState('connecting');
    this.#dialling = dialRelay(
      { address, opening: { type: 'host', ticket }, timers, timeoutMs, contacts },
      { connected: (bell) => this.#listen(bell), failed: () => this.#retry() },
    );
  }

  #listen(bell: Socket): void {
    this.#bell = bell;
    this.#failures = 0;
    this.#options.onState('open');
    const gone = () => bell.destroy();
    const heard = () => {
      this.#cancel();
      this.#cancel = this.#options.timers.after(this.#options.silenceMs, gone);
    };
    readLines(bell, {
      broken: gone,
      line: (text) => {
        const line = parseBellLine(text);
        if (line === null) return false;
        heard();
        if (line.type === 'ping') bell.write('PONG\n');
        else this.#accept(line.visit);
        return true;
      },
    });
    heard();
    bell.once('end', gone);
    bell.once('close', () => {
      this.#bell = null;
      this.#cancel();
      this.#retry();
    });
    bell.resume();
  }

  #retry(): void {
    if (this.#over) return;
    this.#options.onState('closed');
    this.#cancel = this.#options.timers.after(this.#options.retryMs(this.#failures), () => this.#open());
    this.#failures += 1;
  }

  #accept(visit: string): void {
    const { address, timers, timeoutMs, contacts, onGuest } = this.#options;
    const dialling = dialRelay(
      { address, opening: { type: 'accept', visit }, timers, timeoutMs, contacts },
      {
        connected: (socket) => {
          this.#accepting.delete(dialling);
          onGuest(socket);
        },
        failed: () => this.#accepting.delete(dialling),
      },
    );
    this.#accepting.add(dialling);
  }
}
