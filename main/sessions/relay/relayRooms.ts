import type { Socket } from 'node:net';
import { randomNonce } from '../identity';
import type { HostAddress } from '../invites/address';
import type { RelayRoom } from '../invites/link';
import type { SessionEnvironment } from '../sessionEnvironment';
import { RelayedDoor } from './relayedDoor';
import { roomOf } from './roomOf';

export interface RelayRoomsOptions {
  readonly onGuest: (socket: Socket) => void;
  /** Whether there is a room to name in the invite is another. */
  readonly onChange: () => void;
}

/** A meeting's room at the team's relay, if there is one: one room at a time, with a new name when the invite is renewed. */
export class RelayRooms {
  readonly #address: HostAddress;
  readonly #environment: SessionEnvironment;
  readonly #options: RelayRoomsOptions;
  #door: RelayedDoor | null = null;
  #room = '';
  #isOpen = false;

  private constructor(address: HostAddress, environment: SessionEnvironment, options: RelayRoomsOptions) {
    this.#address = address;
    this.#environment = environment;
    this.#options = options;
    this.renew();
  }

  /** Null when no relay is set up. */
  static open(environment: SessionEnvironment, options: RelayRoomsOptions): RelayRooms | null {
    const address = environment.relay();
    return address === null ? null : new RelayRooms(address, environment, options);
  }

  /** The room that is open now; null while the relay cannot be reached. */
  current(): RelayRoom | null {
    return this.#isOpen ? { address: this.#address, room: this.#room } : null;
  }

  /** From now on there is another room, and whoever knows only the old name finds nobody. */
  renew(): void {
    this.#door?.close();
    this.#isOpen = false;
    const { random, timers, policy, contacts } = this.#environment;
    const ticket = randomNonce(random);
    this.#room = roomOf(ticket);
    const door = new RelayedDoor({
      ...{ address: this.#address, ticket, timers, contacts, onGuest: this.#options.onGuest, ...policy.relay },
      onState: (state) => {
        const isOpen = state === 'open';
        if (this.#room !== roomOf(ticket) || this.#isOpen === isOpen) return;
        this.#isOpen = isOpen;
        this.#options.onChange();
      },
    });
    this.#door = door;
  }

  close(): void {
    this.#door?.close();
  }
}
