import type { Socket } from 'node:net';
import { randomNonce } from '../identity';
import type { HostAddress } from '../invites/address';
import type { RelayRoom } from '../invites/link';
import type { SessionEnvironment } from '../sessionEnvironment';
import { RelayedDoor } from './relayedDoor';
import { roomOf } from './roomOf';
import { typedTicket } from './typedTicket';

export interface RelayRoomsOptions {
  /** The ticket of the link's room before, when the meeting is opened again. */
  readonly ticket?: string | null;
  /** What a typed code carries of the certificate's SHA-256. */
  readonly pin: Uint8Array;
  readonly onGuest: (socket: Socket) => void;
  /** How guests can come through the relay is another. */
  readonly onChange: () => void;
}

/**
 * A meeting's rooms at the team's relay, if there is one: one for those who have the link, with a new name when the invite
 * is renewed, and one for those who type the code.
 */
export class RelayRooms {
  readonly #address: HostAddress;
  readonly #environment: SessionEnvironment;
  readonly #options: RelayRoomsOptions;
  readonly #typed: Room;
  #linked: Room;

  private constructor(address: HostAddress, environment: SessionEnvironment, options: RelayRoomsOptions) {
    this.#address = address;
    this.#environment = environment;
    this.#options = options;
    this.#typed = this.#open(typedTicket(options.pin));
    this.#linked = this.#open(options.ticket ?? randomNonce(environment.random));
  }

  /** With it the link's room can be opened again; main's own. */
  ticket(): string {
    return this.#linked.ticket;
  }

  /** Null when no relay is set up. */
  static open(environment: SessionEnvironment, options: RelayRoomsOptions): RelayRooms | null {
    const address = environment.relay();
    return address === null ? null : new RelayRooms(address, environment, options);
  }

  /** The room for those who have the link; null while the relay cannot be reached. */
  linked(): RelayRoom | null {
    return this.#linked.isOpen ? { address: this.#address, room: this.#linked.name } : null;
  }

  /** The same room, whether or not it can be reached now. */
  intended(): RelayRoom {
    return { address: this.#address, room: this.#linked.name };
  }

  /** Where those can come who type the code; null while they cannot. */
  typed(): HostAddress | null {
    return this.#typed.isOpen ? this.#address : null;
  }

  /** From now on the link's room is another, and whoever knows only the old name finds nobody. */
  renew(): void {
    this.#linked.door.close();
    this.#linked = this.#open(randomNonce(this.#environment.random));
  }

  close(): void {
    this.#linked.door.close();
    this.#typed.door.close();
  }

  #open(ticket: string): Room {
    const { timers, policy, contacts } = this.#environment;
    const { onGuest, onChange } = this.#options;
    const status = { isOpen: false };
    const door: RelayedDoor = new RelayedDoor({
      ...{ address: this.#address, ticket, timers, contacts, onGuest, ...policy.relay },
      onState: (state) => {
        const isOpen = state === 'open';
        if (status.isOpen === isOpen) return;
        status.isOpen = isOpen;
        onChange();
      },
    });
    return {
      ticket,
      name: roomOf(ticket),
      door,
      get isOpen() {
        return status.isOpen;
      },
    };
  }
}

interface Room {
  readonly ticket: string;
  readonly name: string;
  readonly door: RelayedDoor;
  readonly isOpen: boolean;
}
