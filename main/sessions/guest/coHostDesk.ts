import { DomainError } from '../../../common/errors';
import { limits } from '../../../common/meeting/limits';
import type { Knock, Participant } from '../../../common/meeting/models';
import type { Standing } from '../../../common/verification/standing';
import { moderationRefusal, type Moderation } from '../../../common/meeting/moderation';
import type { MeetingState } from '../../../common/meeting/sessionState';
import type { HostMessage } from '../../../common/protocol/messages';

type Lobby = Extract<HostMessage, { type: 'lobby' }>;

/** What a participant sees and does as co-host; for a guest it is empty and refuses. */
export class CoHostDesk {
  readonly #standingOf: (person: { readonly identityKey: string; readonly name: string }) => Standing;
  #lobby: Lobby | null = null;

  /** `standingOf`: how somebody stands with this installation. */
  constructor(standingOf: (person: { readonly identityKey: string; readonly name: string }) => Standing) {
    this.#standingOf = standingOf;
  }

  /** False, and nothing has changed, when the host sends it to somebody who is no co-host. */
  handleLobby(lobby: Lobby, self: Participant | undefined): boolean {
    if (self?.role !== 'co-host') return false;
    this.#lobby = lobby;
    return true;
  }

  /** Forgets what only co-hosts know, if this is none any more. */
  handleRole(self: Participant | undefined): void {
    if (self?.role !== 'co-host') this.#lobby = null;
  }

  /** What the host before told is void. */
  forget(): void {
    this.#lobby = null;
  }

  state(): Pick<MeetingState, 'invite' | 'passcode' | 'lobby'> {
    const knocks = this.#lobby?.knocks ?? [];
    const lobby = knocks.map((knock): Knock => ({ ...knock, ...this.#standingOf(knock) }));
    return { invite: this.#lobby?.invite ?? null, passcode: this.#lobby?.passcode ?? null, lobby };
  }

  /** Throws the DomainError that the host would refuse this with, as far as it can be seen from here. */
  check(moderation: Moderation, self: Participant | undefined, participants: readonly Participant[]): void {
    const refusal = self === undefined ? 'session/not-host' : moderationRefusal(self, moderation, participants);
    if (refusal !== null) throw new DomainError(refusal);
    if (moderation.action !== 'admit') return;
    const key = this.#lobby?.knocks.find((one) => one.knockId === moderation.knockId)?.identityKey;
    const isBack = participants.some((one) => one.identityKey === key);
    if (key !== undefined && !isBack && participants.length >= limits.participants) throw new DomainError('join/full');
  }
}
