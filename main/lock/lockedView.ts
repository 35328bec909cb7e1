import type { RecordingState } from '../../common/consent/models';
import type { NoticeFacts } from '../../common/meeting/models';
import type { Invitation, MeetingState, SessionState } from '../../common/meeting/sessionState';
import { unknownStanding } from '../../common/verification/standing';

/**
 * A session as the window of a locked app gets it: what keeps sound and pictures going, and that somebody waits at the door.
 * No title, names, keys, invite, passcode, codes.
 */
export function hiddenSession(state: SessionState): SessionState {
  switch (state.phase) {
    case 'idle':
    case 'connecting':
    case 'failed':
      return state;
    case 'preview':
      return { phase: 'preview', invitation: hiddenInvitation(state.invitation), passcodeRefused: null };
    case 'waiting':
      return { phase: 'waiting', invitation: hiddenInvitation(state.invitation), name: '', told: [] };
    case 'meeting':
      return { phase: 'meeting', meeting: hiddenMeeting(state.meeting) };
    case 'ended':
      return { ...state, title: '' };
  }
}

/** The same of what is being recorded: whose sound and pictures go where, not who asked what for. */
export function hiddenRecording(state: RecordingState | null): RecordingState | null {
  if (state === null) return null;
  const { request } = state;
  const { terms, recordingId, meetingId, retentionDays, requestedAt } = request;
  const { startedAt, consents, recordable, clips, asked, given, answerBy, trouble } = state;
  return {
    ...{ startedAt, consents, recordable, clips, asked, given, answerBy, trouble },
    objected: [],
    request: {
      ...{ recordingId, meetingId, retentionDays, requestedAt },
      ...(terms ? { terms: { ...terms, template: null } } : {}),
      controllerName: '',
      controllerContact: '',
      controllerKey: '',
      purpose: '',
    },
    beforehand: null,
  };
}

function hiddenMeeting(meeting: MeetingState): MeetingState {
  const { meetingId, selfId, role, startedAt, locked, connections, hostLink, ice } = meeting;
  return {
    ...{ meetingId, selfId, role, startedAt, locked, connections, hostLink, ice },
    title: '',
    invite: null,
    passcode: null,
    nearby: null,
    plan: null,
    participants: meeting.participants.map(({ id, role: its, joinedAt, media, presence, returns }) => ({
      ...{ id, role: its, joinedAt, media, presence, returns },
      name: '',
      identityKey: '',
    })),
    atDoor: {},
    notice: { facts: hiddenNotice, version: hiddenVersion, hash: '', acknowledged: true, before: null, missing: [] },
    lobby: meeting.lobby.map(({ knockId, at }) => ({ knockId, at, name: '', identityKey: '', ...unknownStanding })),
    trust: meeting.trust.map(({ participantId, securedGeneration, isBroken }) => ({
      ...{ participantId, securedGeneration, isBroken },
      verifiedAt: null,
      earlierKey: null,
      differs: false,
      code: { phase: 'none' },
      isAsking: false,
    })),
  };
}

const hiddenVersion = { number: 1, since: 0 };
const hiddenNotice: NoticeFacts = {
  controllerName: '',
  controllerContact: '',
  officerContact: '',
  chatRetentionDays: 1,
  recordingRetentionDays: 1,
  relay: null,
  iceServers: [],
  employees: false,
  registration: null,
};

function hiddenInvitation({ expiresAt, addressShown }: Invitation): Invitation {
  return {
    ...{ expiresAt, addressShown },
    ...unknownStanding,
    hostName: '',
    hostKey: '',
    notice: hiddenNotice,
    noticeVersion: hiddenVersion,
    ...{ noticeHash: '', noticeKnown: null, noticeBefore: null, noticeRenewed: false },
    plan: null,
    passcodeNeeded: false,
  };
}
