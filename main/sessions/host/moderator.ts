import { DomainError } from '../../../common/errors';
import type { Participant } from '../../../common/meeting/models';
import { moderationRefusal, mutedByAll, type Moderation } from '../../../common/meeting/moderation';
import { admissionRefusal, type RosterEvent, type RosterState } from '../../../common/meeting/rosterMachine';

/** What moderating works on. */
export interface ModeratedMeeting {
  roster(): RosterState | null;
  apply(event: RosterEvent): void;
  /** Asks one participant to switch the microphone off. */
  askToMute(participantId: string, by: Participant): void;
  newParticipantId(): string;
  now(): number;
}

/**
 * Carries out what the host or a co-host decides, after looking whether this person may: the one place where it is
 * decided, for the host's own window and for what co-hosts send.
 *
 * Throws DomainError, and has done nothing then: 'session/not-host', 'session/unknown-participant', 'join/full'. Somebody
 * at the door who has gone meanwhile is no error.
 */
export function moderate(meeting: ModeratedMeeting, byId: string, moderation: Moderation): void {
  const roster = meeting.roster();
  const by = roster?.participants.find((one) => one.id === byId);
  if (roster === null || by === undefined) throw new DomainError('session/not-host');
  const refusal = moderationRefusal(by, moderation, roster.participants);
  if (refusal !== null) throw new DomainError(refusal);
  switch (moderation.action) {
    case 'admit': {
      const { knockId } = moderation;
      const knock = roster.lobby.find((one) => one.knockId === knockId);
      if (knock === undefined) return;
      if (admissionRefusal(roster, knock.identityKey) === 'full') throw new DomainError('join/full');
      return meeting.apply({ type: 'admit', knockId, participantId: meeting.newParticipantId(), at: meeting.now() });
    }
    case 'deny':
      return meeting.apply({ type: 'deny', knockId: moderation.knockId });
    case 'remove':
      return meeting.apply({ type: 'remove', participantId: moderation.participantId });
    case 'mute':
      return meeting.askToMute(moderation.participantId, by);
    case 'mute-all':
      for (const { id } of mutedByAll(by, roster.participants)) meeting.askToMute(id, by);
      return;
    case 'lock':
    case 'unlock':
      return meeting.apply({ type: 'lock', locked: moderation.action === 'lock' });
  }
}
