import { limits } from '../../../common/meeting/limits';
import type { RosterState } from '../../../common/meeting/rosterMachine';
import type { Invite } from '../../../common/meeting/sessionState';
import type { HostMessage } from '../../../common/protocol/messages';

/** A connection, and as whom it was admitted. */
interface Seat {
  readonly participantId: string | null;
  send(message: HostMessage): void;
}

/** Keeps the co-hosts' copies of the lobby as they should be: each change goes to each of them once, to nobody else ever. */
export class CoHostLobbies {
  /** What was told last on each connection. */
  readonly #told = new WeakMap<Seat, string>();

  /** To be called after the roster was sent, which says who is co-host. */
  update(
    { participants, lobby, removedKeys }: RosterState,
    invite: Invite,
    passcode: string | null,
    seats: Iterable<Seat>,
  ): void {
    const coHosts = new Set(participants.filter((one) => one.role === 'co-host').map(({ id }) => id));
    const message: HostMessage = {
      type: 'lobby',
      // Whom the host has met before is the host's own business.
      knocks: lobby.map(({ knockId, name, identityKey, at }) => ({ knockId, name, identityKey, at })),
      invite,
      passcode,
      removedKeys: removedKeys.slice(-limits.removed),
    };
    const text = JSON.stringify(message);
    for (const seat of seats) {
      if (seat.participantId === null || !coHosts.has(seat.participantId)) {
        this.#told.delete(seat);
      } else if (this.#told.get(seat) !== text) {
        this.#told.set(seat, text);
        seat.send(message);
      }
    }
  }
}
