import type { Signer } from '../../../common/meeting/meetingChannel';
import { hostMessageSchema, type Refusal } from '../../../common/protocol/messages';
import type { DoorNotice, Envelope } from '../../../common/protocol/bodies';
import { Returning } from '../guest/returning';
import { parseAs, readJson } from '../json';
import type { MeetingRoom } from '../meetingRoom';
import type { KnownDoor } from '../seat';
import type { SessionEnvironment } from '../sessionEnvironment';

export interface SuccessionOptions {
  readonly room: MeetingRoom;
  readonly term: number;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  /** Who hosted before. */
  readonly former: (KnownDoor & { readonly id: string; readonly fresh: boolean }) | null;
  /** The one before has taken note of this process. */
  readonly onSeenByFormer: () => void;
  readonly door: () => DoorNotice;
  readonly tokenOf: (participantId: string) => string;
  /** Who is not here yet. */
  readonly absent: () => readonly string[];
  /** The one before will not have this participant back. */
  readonly onRefused: (reason: Refusal) => void;
  /** An envelope that came through the door of the one before. */
  readonly onEnvelope: (envelope: Envelope) => void;
}

/**
 * What a new host does until everybody is here: tells where the meeting is now, over and over and by every way there is,
 * and tries the door of the host before, who may be back and not know.
 */
export class Succession {
  readonly #options: SuccessionOptions;
  #cancel = () => {};
  #former: Returning | null = null;
  #disposed = false;
  #isSeen = false;

  constructor(options: SuccessionOptions) {
    this.#options = options;
    this.#announce();
    this.#dialFormer();
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel();
    this.#former?.stop();
  }

  /** Tells everybody who is absent; whoever came and went again is told again. */
  #announce(): void {
    const { absent, environment } = this.#options;
    for (const id of absent()) this.#tell(id);
    this.#cancel = environment.timers.after(environment.policy.takeOverNoticeMs, () => {
      this.#announce();
      this.#leaveFormer();
    });
  }

  #tell(id: string): void {
    const { room, term, door, tokenOf } = this.#options;
    room.send(id, { type: 'takeOver', term, door: door(), token: tokenOf(id) });
  }

  #dialFormer(): void {
    const { former, room, signer, environment } = this.#options;
    if (this.#disposed || former === null || !this.#isFormerAbsent()) return;
    const { door, hostKey, token } = former;
    this.#former = new Returning({
      place: {
        door,
        hostKey,
        token,
        meetingId: room.meetingId,
        participantId: room.selfId,
        fresh: former.fresh && !this.#isSeen,
      },
      signer,
      environment,
      onBack: ({ wire }) => {
        this.#isSeen = true;
        this.#options.onSeenByFormer();
        room.useWay(former.id, (envelope) => wire.send({ type: 'envelope', envelope }));
        this.#tell(former.id);
      },
      onRefused: (reason) => this.#options.onRefused(reason),
      onFrame: (text) => {
        const message = parseAs(hostMessageSchema, readJson(text));
        if (message?.type === 'envelope') this.#options.onEnvelope(message.envelope);
      },
      onEnded: () => {
        room.useWay(former.id, null);
        this.#dialFormer();
      },
    });
  }

  #leaveFormer(): void {
    if (!this.#isFormerAbsent()) this.#former?.stop();
  }

  #isFormerAbsent(): boolean {
    const { former, absent } = this.#options;
    return former !== null && absent().includes(former.id);
  }
}
