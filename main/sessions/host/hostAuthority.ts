import { DomainError } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { Participant } from '../../../common/meeting/models';
import type { DoorNotice, Envelope } from '../../../common/protocol/bodies';
import type { Refusal } from '../../../common/protocol/messages';
import { doorOfNotice } from '../doors';
import type { AuthorityBody, MeetingRoom } from '../meetingRoom';
import type { KnownDoor } from '../seat';
import type { SessionEnvironment } from '../sessionEnvironment';
import { Succession } from './succession';

/** Who has hosted so far, as a process that continues a meeting knows it. */
export interface History {
  readonly term: number;
  /** By participant ID. */
  readonly doors: ReadonlyMap<string, KnownDoor>;
  readonly formerHostId: string | null;
}

export interface HostAuthorityOptions {
  readonly history: History;
  /** This process has taken the place of another that hosted. */
  readonly isRestored: boolean;
  readonly room: MeetingRoom;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly door: () => DoorNotice;
  readonly tokenOf: (participantId: string) => string;
  /** Whose place is kept and who is not here. */
  readonly absent: () => readonly string[];
  /** Who is connected to this door. */
  readonly connected: () => readonly string[];
  readonly onEnvelope: (envelope: Envelope) => void;
  /** This participant was removed before it took over. */
  readonly onRemoved: () => void;
  readonly onLeft: (participantId: string) => void;
  /** `fresh`: the new host has not seen this process yet. */
  readonly onStepDown: (host: Participant, known: KnownDoor, fresh: boolean) => void;
}

/**
 * [Note: succession] Whether this installation is still the host: decides about take-overs by others, hands over, and says
 * where the meeting is to those who may not know.
 */
export class HostAuthority {
  readonly #options: HostAuthorityOptions;
  readonly #doors: ReadonlyMap<string, KnownDoor>;
  readonly formerHostId: string | null;
  #term: number;
  #successor: { readonly id: string; readonly term: number } | null = null;
  #succession: Succession | null = null;
  #isFreshToFormer: boolean;

  constructor(options: HostAuthorityOptions) {
    const { history, isRestored } = options;
    this.#options = options;
    this.#term = history.term;
    this.#doors = history.doors;
    this.#isFreshToFormer = isRestored;
    this.formerHostId = history.formerHostId;
  }

  history(): History {
    return { term: this.#term, doors: this.#doors, formerHostId: this.formerHostId };
  }

  /** To be called once the meeting runs here: tells those who were led by somebody else before. */
  start(): void {
    if (this.#term === 0) return;
    const { room, signer, environment, door, tokenOf, absent, onEnvelope } = this.#options;
    const known = this.formerHostId === null ? undefined : this.#doors.get(this.formerHostId);
    this.#succession = new Succession({
      ...{ room, term: this.#term, signer, environment, door, tokenOf, absent, onEnvelope },
      former:
        known === undefined || this.formerHostId === null
          ? null
          : { ...known, id: this.formerHostId, fresh: this.#isFreshToFormer },
      onSeenByFormer: () => (this.#isFreshToFormer = false),
      onRefused: (reason) => this.#handleRefused(reason),
    });
  }

  dispose(): void {
    this.#succession?.dispose();
  }

  /** Names the co-host who hosts from now on. Throws DomainError('session/unknown-participant') for anybody else. */
  handOver(to: Participant | undefined): void {
    if (to?.role !== 'co-host' || !this.#options.connected().includes(to.id)) {
      throw new DomainError('session/unknown-participant');
    }
    this.#successor = { id: to.id, term: this.#term + 1 };
    this.#options.room.send(null, { type: 'handOver', term: this.#term + 1, to: to.id });
  }

  handle(from: Participant, body: AuthorityBody): void {
    switch (body.type) {
      case 'leaving':
        return this.#options.onLeft(from.id);
      case 'takeOver':
        return this.#handleTakeOver(from, body);
      case 'stillHost':
        if (from.id === this.formerHostId && body.term > this.#term) this.#yield(from, body.term);
        return;
      case 'handOver':
        return;
    }
  }

  /** A host with others in its meeting stays host; one who is alone follows; of two at once one wins. */
  #handleTakeOver(from: Participant, body: Extract<AuthorityBody, { type: 'takeOver' }>): void {
    const { room, connected } = this.#options;
    const door = doorOfNotice(body.door);
    if (door === null) return;
    const isNamed = this.#successor?.id === from.id && this.#successor.term === body.term;
    const isAlone = connected().every((id) => id === from.id);
    const isLater = body.term > this.#term;
    const wins = body.term === this.#term ? from.id < room.selfId : isLater && (isNamed || isAlone);
    if (wins) this.#stepDown(from, body.term, { door, hostKey: from.identityKey, token: body.token });
    else if (body.term !== this.#term) {
      // Also to one who comes too late, although it was named: meanwhile others have come back here.
      this.#term = Math.max(this.#term, body.term + 1);
      room.send(from.id, { type: 'stillHost', term: this.#term });
    }
  }

  /** The host before has been there all along: everybody back to it. */
  #yield(to: Participant, term: number): void {
    const known = this.#doors.get(to.id);
    if (known === undefined) return;
    this.#options.room.send(null, { type: 'handOver', term, to: to.id });
    this.#stepDown(to, term, known);
  }

  /** Removed by the host before, who is there: whoever has come along goes back to it. */
  #handleRefused(reason: Refusal): void {
    if (reason !== 'denied' || this.formerHostId === null) return;
    this.#options.room.send(null, { type: 'handOver', term: this.#term + 1, to: this.formerHostId });
    this.#options.onRemoved();
  }

  #stepDown(host: Participant, term: number, known: KnownDoor): void {
    this.#term = term;
    const isFresh = host.id === this.formerHostId ? this.#isFreshToFormer : this.#options.isRestored;
    this.#options.onStepDown(host, known, isFresh);
  }
}
