import { randomBytes } from 'node:crypto';
import type { MeetingChannel } from '../../../common/meeting/meetingChannel';
import type { Participant } from '../../../common/meeting/models';
import { bodySchema, type Body, type Envelope } from '../../../common/protocol/bodies';

type BodyHandler = (from: Participant, body: Body, envelope: Envelope) => void;

interface Seat {
  readonly participant: Participant;
  readonly handlers: Set<BodyHandler>;
  readonly joined: Set<(participant: Participant) => void>;
  readonly left: Set<(participant: Participant) => void>;
}

const id = () => randomBytes(16).toString('base64url');

/** A meeting whose participants all live in this process. Bodies pass through the protocol's schema on their way. */
export class TestMeeting {
  readonly meetingId = id();
  /** Everything that was sent, in order. */
  readonly sent: { readonly from: string; readonly to: string | null; readonly body: Body }[] = [];
  readonly #seats = new Map<string, Seat>();
  #hostId = '';

  /** The first to join is the host. */
  join(name: string, identityKey: string): MeetingChannel {
    const role = this.#seats.size === 0 ? 'host' : 'guest';
    const participant: Participant = {
      id: id(),
      name,
      identityKey,
      role,
      joinedAt: 0,
      media: { microphone: true, camera: true },
      presence: 'here',
      returns: 0,
    };
    if (role === 'host') this.#hostId = participant.id;
    const seat: Seat = { participant, handlers: new Set(), joined: new Set(), left: new Set() };
    for (const other of this.#seats.values()) this.#later.push(() => other.joined.forEach((run) => run(participant)));
    this.#seats.set(participant.id, seat);
    const subscribe = <Value>(set: Set<Value>, value: Value) => {
      set.add(value);
      return () => void set.delete(value);
    };
    return {
      meetingId: this.meetingId,
      title: 'Quarterly review',
      startedAt: 0,
      role,
      selfId: participant.id,
      hostId: this.#hostId,
      chosenBeforehand: () => null,
      participants: () => [...this.#seats.values()].map((one) => one.participant),
      send: (to, body) => this.send(participant, to, body),
      onBody: (handler) => subscribe(seat.handlers, handler),
      onParticipantJoined: (handler) => subscribe(seat.joined, handler),
      onParticipantLeft: (handler) => subscribe(seat.left, handler),
    };
  }

  readonly #later: (() => void)[] = [];

  /** Tells the others who joined, once the one who joined listens. */
  settle(): void {
    for (const run of this.#later.splice(0)) run();
  }

  leave(participantId: string): void {
    const gone = this.#seats.get(participantId);
    if (!gone) return;
    this.#seats.delete(participantId);
    for (const seat of this.#seats.values()) seat.left.forEach((run) => run(gone.participant));
  }

  /** Delivers a body as if `from` had sent it, signed and checked. */
  send(from: Participant, to: string | null, body: Body): void {
    this.sent.push({ from: from.id, to, body });
    const parsed = bodySchema.parse(structuredClone(body));
    for (const [seatId, seat] of this.#seats) {
      if (seatId === from.id || (to !== null && to !== seatId)) continue;
      for (const handler of seat.handlers) handler(from, parsed, undefined as unknown as Envelope);
    }
  }
}
