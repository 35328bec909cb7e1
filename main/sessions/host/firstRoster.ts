import type { Participant } from '../../../common/meeting/models';
import { initialRoster, type RosterState } from '../../../common/meeting/rosterMachine';
import type { KeptHostSeat } from '../keptSeat';
import { withHost, type Seat } from '../seat';

/** Of a meeting that begins. */
export function newRoster({ id, name, identityKey }: Pick<Participant, 'id' | 'name' | 'identityKey'>, at: number) {
  const media = { microphone: false, camera: false };
  return initialRoster({
    ...{ id, name, identityKey, role: 'host', joinedAt: at, media, presence: 'here', returns: 0 },
  });
}

/** Of a meeting that was taken over: nobody has come to this door yet. */
export function takenRoster({ participants, locked, removedKeys }: Seat, hostId: string): RosterState {
  const roster = withHost(participants, hostId).map((one): Participant => ({
    ...one,
    presence: one.id === hostId ? 'here' : 'away',
  }));
  return { participants: roster, lobby: [], locked, revision: 0, removedKeys };
}

/**
 * Of a meeting that a process before this one hosted: nobody has come back yet. The last rosters that were sent may not have
 * been kept.
 */
export function restoredRoster(kept: KeptHostSeat): RosterState {
  const { participants, selfId, locked, removedKeys, revision } = kept;
  const roster = participants.map((one): Participant =>
    one.id === selfId
      ? { ...one, returns: one.returns + 1, media: { microphone: false, camera: false } }
      : { ...one, presence: 'away' },
  );
  return { participants: roster, lobby: [], locked, revision: revision + 1_000, removedKeys };
}
