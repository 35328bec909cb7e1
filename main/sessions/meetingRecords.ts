import type { MeetingChannel, MeetingFeature } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import type { Vault } from '../vault/repositories';
import type { Clock } from './timing';

/**
 * Writes down in the vault that a meeting took place: when, with whom. The other people only; that this installation
 * took part goes without saying.
 */
export function createMeetingRecords(vault: () => Vault, clock: Clock): MeetingFeature {
  let meetingId: string | null = null;

  function note(channel: MeetingChannel, { id, identityKey, name }: Participant): void {
    if (id === channel.selfId) return;
    vault().meetings.addParticipant(channel.meetingId, { identityKey, name });
    vault().people.met({ identityKey, name, at: clock() });
  }

  return {
    handleMeetingStarted(channel) {
      const host = channel.participants().find((one) => one.id === channel.hostId);
      meetingId = channel.meetingId;
      // The features' subscriptions end with the channel.
      channel.onParticipantJoined((participant) => note(channel, participant));
      vault().meetings.start({
        meetingId: channel.meetingId,
        title: channel.title,
        role: channel.role,
        hostName: host?.name ?? '',
        hostKey: host?.identityKey ?? '',
        startedAt: channel.startedAt,
      });
      for (const participant of channel.participants()) note(channel, participant);
    },
    handleMeetingEnded() {
      const ended = meetingId;
      meetingId = null;
      if (ended !== null) vault().meetings.end(ended, clock());
    },
  };
}
