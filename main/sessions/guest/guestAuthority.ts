import type { Participant } from '../../../common/meeting/models';
import { doorOfNotice } from '../doors';
import type { AuthorityBody, MeetingRoom } from '../meetingRoom';
import type { KnownDoor } from '../seat';

export interface GuestAuthorityOptions {
  readonly room: () => MeetingRoom | null;
  /** The host cannot be reached. */
  readonly isLost: () => boolean;
  readonly onHost: (host: Participant, known: KnownDoor) => void;
  /** The host hands the meeting over to this participant. */
  readonly onHandedOver: () => void;
  /** Somebody leaves while there is no host to tell. */
  readonly onLeaving: (from: Participant) => void;
}

/** [Note: succession] Whom a guest believes that it hosts, and where. */
export class GuestAuthority {
  readonly #options: GuestAuthorityOptions;
  /** By participant ID: who hosts, and who has hosted. */
  readonly doors = new Map<string, KnownDoor>();
  #term = 0;
  /** Whom the host has named to host from the next term on. */
  #successor: { readonly id: string; readonly term: number } | null = null;

  constructor(options: GuestAuthorityOptions) {
    this.#options = options;
  }

  get term(): number {
    return this.#term;
  }

  restore(term: number, doors: ReadonlyMap<string, KnownDoor>): void {
    this.#term = term;
    for (const [id, door] of doors) this.doors.set(id, door);
  }

  /** The host has named this participant. */
  isNamed(id: string | undefined): boolean {
    return id !== undefined && this.#successor?.id === id;
  }

  handle(from: Participant, body: AuthorityBody): void {
    switch (body.type) {
      case 'leaving':
        return this.#options.onLeaving(from);
      case 'handOver':
        return this.#handleHandOver(body.term, body.to);
      case 'takeOver':
        return this.#handleTakeOver(from, body);
      case 'stillHost':
        return;
    }
  }

  #handleHandOver(term: number, to: string): void {
    const room = this.#options.room();
    const successor = room?.participants().find((one) => one.id === to);
    if (room === null || term <= this.#term || successor === undefined) return;
    const known = this.doors.get(to);
    // Back to somebody who hosted before.
    if (known !== undefined && to !== room.selfId) return this.#follow(successor, term, known);
    this.#successor = { id: to, term };
    if (to === room.selfId) this.#options.onHandedOver();
  }

  /** Only a co-host; only if the host has said so, or is not there for us; of two at once one wins. */
  #handleTakeOver(from: Participant, body: Extract<AuthorityBody, { type: 'takeOver' }>): void {
    const room = this.#options.room();
    const isNamed = this.isNamed(from.id) && this.#successor?.term === body.term;
    const isLater = body.term > this.#term || (body.term === this.#term && from.id < (room?.hostId ?? ''));
    const door = doorOfNotice(body.door);
    if (from.role !== 'co-host' || !isLater || door === null) return;
    if (!this.#options.isLost() && !isNamed) return;
    // Who hides their address finds this host through the relay or, as long as it lasts, through the others.
    const shown = room?.relayOnly === true ? { ...door, addresses: [] } : door;
    this.#follow(from, body.term, { door: shown, hostKey: from.identityKey, token: body.token });
  }

  #follow(host: Participant, term: number, known: KnownDoor): void {
    this.doors.set(host.id, known);
    this.#term = term;
    this.#successor = null;
    this.#options.onHost(host, known);
  }
}
